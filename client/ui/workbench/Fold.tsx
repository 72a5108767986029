import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import './Fold.css';

export interface FoldProps {
  readonly title: string;
  /** Of the heading, 3 where it isn't told. */
  readonly level?: 3 | 4;
  readonly isOpenAtFirst?: boolean;
  readonly children: ReactNode;
}

/** What is not always wanted, behind its name. */
export function Fold({ title, level = 3, isOpenAtFirst = false, children }: FoldProps) {
  return (
    <Disclosure className="fold" defaultExpanded={isOpenAtFirst}>
      <Heading level={level} className="fold-title">
        <Button slot="trigger" className="fold-button">
          <ChevronRight aria-hidden />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className="fold-panel">{children}</DisclosurePanel>
    </Disclosure>
  );
}
