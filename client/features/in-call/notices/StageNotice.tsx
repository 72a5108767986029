import type { ReactNode } from 'react';
import './StageNotice.css';

export interface StageNoticeProps {
  readonly title: string;
  /** Spoken at once by a screen reader. */
  readonly isUrgent?: boolean;
  readonly children?: ReactNode;
}

/** What the person should know of the call, above it. */
export function StageNotice({ title, isUrgent = false, children }: StageNoticeProps) {
  return (
    <div className="stage-notice" {...(isUrgent && { role: 'alert' })}>
      <p className="stage-notice-title numerals">{title}</p>
      {children !== undefined && <div>{children}</div>}
    </div>
  );
}
