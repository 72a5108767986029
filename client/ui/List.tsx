import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { classNames } from './classNames.ts';
import './List.css';

/** Rows on one sheet. */
export function List({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className="list" aria-label={label}>
      {children}
    </ul>
  );
}

export interface ListRowProps {
  readonly leading?: ReactNode;
  readonly title: ReactNode;
  readonly subtitle?: ReactNode;
  /** At the end of the text, e.g. a time. */
  readonly meta?: ReactNode;
  /** Name of the row as a button; what `onPress` does. */
  readonly label?: string;
  readonly onPress?: () => void;
  /** `IconButton`s. */
  readonly actions?: ReactNode;
  readonly tone?: 'plain' | 'danger';
}

/** One entry: its text is one large button, its actions stand behind it. */
export function ListRow({ leading, title, subtitle, meta, label, onPress, actions, tone = 'plain' }: ListRowProps) {
  const content = (
    <>
      {leading}
      <span className="list-row-text">
        <span className={classNames('list-row-title', tone === 'danger' && 'list-row-title-danger')}>{title}</span>
        {subtitle !== undefined && <span className="list-row-subtitle">{subtitle}</span>}
      </span>
      {meta !== undefined && <span className="list-row-meta">{meta}</span>}
    </>
  );
  return (
    <li className="list-row">
      {onPress ? (
        <AriaButton className="list-row-main" {...(label !== undefined && { 'aria-label': label })} onPress={onPress}>
          {content}
        </AriaButton>
      ) : (
        <div className="list-row-main">{content}</div>
      )}
      {actions !== undefined && <span className="list-row-actions">{actions}</span>}
    </li>
  );
}
