import type { ReactNode } from 'react';
import { PageHeader } from '../../ui/index.ts';
import './AdminPage.css';

export interface AdminPageProps {
  readonly title: string;
  /** What the page is for, in a sentence. */
  readonly subtitle?: string;
  /** The primary action, where the person may do it. */
  readonly actions?: ReactNode;
  /** Search and filters. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every page below `/admin`. */
export function AdminPage({ title, subtitle, actions, tools, children }: AdminPageProps) {
  return (
    <div className="admin-sheet">
      <PageHeader
        title={title}
        {...(subtitle !== undefined && { subtitle })}
        {...(actions !== undefined && { actions })}
      />
      {tools !== undefined && <div className="admin-tools">{tools}</div>}
      {children}
    </div>
  );
}
