import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './classNames.ts';
import './Notice.css';

export type NoticeTone = 'info' | 'warning' | 'danger';

export interface NoticeProps {
  readonly tone: NoticeTone;
  readonly children: ReactNode;
  /** One short sentence above the text. */
  readonly title?: string;
  readonly action?: ReactNode;
  /** Spoken at once by a screen reader; for what the person has just caused. */
  readonly isUrgent?: boolean;
}

const icons = { info: Info, warning: TriangleAlert, danger: CircleAlert };

/** Says in place what happened and what to do. */
export function Notice({ tone, title, children, action, isUrgent = false }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div className={classNames('notice', `notice-${tone}`)} {...(isUrgent && { role: 'alert' })}>
      <Icon aria-hidden className="notice-icon" />
      <div className="notice-text">
        {title !== undefined && <p className="notice-title">{title}</p>}
        <div>{children}</div>
      </div>
      {action}
    </div>
  );
}
