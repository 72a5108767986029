import type { ReactNode } from 'react';
import './Badge.css';

export type BadgeTone = 'good' | 'plain' | 'warning' | 'danger' | 'info';

export interface BadgeProps {
  readonly tone?: BadgeTone;
  /** Before the words, where there are more states than colours. */
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A state in one or two words. */
export function Badge({ tone = 'plain', icon, children }: BadgeProps) {
  return (
    <span className={`badge badge-${tone}`}>
      {icon}
      {children}
    </span>
  );
}
