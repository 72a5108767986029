import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import './Fold.css';
import { NextLevel, useLevel } from './Level.tsx';

export interface FoldProps {
  readonly title: string;
  readonly isOpenAtFirst?: boolean;
  /** Something inside wants to be seen now: it can't be closed. */
  readonly mustBeOpen?: boolean;
  readonly children: ReactNode;
}

/** What is not always wanted, behind its name. */
export function Fold({ title, isOpenAtFirst = false, mustBeOpen = false, children }: FoldProps) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <Disclosure className="fold" isExpanded={isOpen || mustBeOpen} onExpandedChange={setIsOpen}>
      <Heading level={useLevel()} className="fold-title">
        <Button slot="trigger" className="fold-button">
          <ChevronRight aria-hidden />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className="fold-panel">
        <NextLevel>{children}</NextLevel>
      </DisclosurePanel>
    </Disclosure>
  );
}
