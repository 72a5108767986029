import type { ReactNode } from 'react';
import './Card.css';

export interface CardProps {
  readonly title?: string;
  readonly children: ReactNode;
}

/** A sheet of paper on the canvas: things that belong together. */
export function Card({ title, children }: CardProps) {
  return (
    <section className="card" {...(title !== undefined && { 'aria-label': title })}>
      {title !== undefined && <h2 className="card-title">{title}</h2>}
      {children}
    </section>
  );
}
