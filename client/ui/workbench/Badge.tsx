import type { ReactNode } from 'react';
import './Badge.css';

export type BadgeTone = 'good' | 'plain' | 'warning' | 'danger' | 'info';

/** A state in one or two words. */
export function Badge({ tone = 'plain', children }: { tone?: BadgeTone; children: ReactNode }) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}
