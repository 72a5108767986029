import { type ReactNode, useId } from 'react';

/** One part of an answer, under its name. */
export function ExplanationSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="explanation-section">
      <h3 id={id} className="explanation-title">
        {title}
      </h3>
      {children}
    </section>
  );
}
