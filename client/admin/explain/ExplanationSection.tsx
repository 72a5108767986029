import { type ReactNode, useId } from 'react';
import { Heading } from 'react-aria-components';
import { NextLevel, useLevel } from '../../ui/workbench/index.ts';

/** One part of an answer, under its name. */
export function ExplanationSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="explanation-section">
      <Heading id={id} level={useLevel()} className="explanation-title">
        {title}
      </Heading>
      <NextLevel>{children}</NextLevel>
    </section>
  );
}
