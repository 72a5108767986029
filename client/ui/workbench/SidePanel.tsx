import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { classNames } from '../classNames.ts';
import { IconButton } from '../IconButton.tsx';
import { NextLevel } from './Level.tsx';
import './SidePanel.css';

export interface SidePanelProps {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly closeLabel: string;
  readonly onClose: () => void;
  /** Neither Escape nor a click beside it closes it: what it shows can't be had again. */
  readonly isSticky?: boolean;
  /** As wide as there is room, for what has a picture beside it. */
  readonly isWide?: boolean;
  /** Below the content, always in sight. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One thing beside the list that it comes from; on narrow screens in its place. Escape closes it. */
export function SidePanel({
  title,
  subtitle,
  closeLabel,
  onClose,
  isSticky = false,
  isWide = false,
  actions,
  children,
}: SidePanelProps) {
  return (
    <ModalOverlay
      className="side-panel-scrim"
      isOpen
      onOpenChange={(open) => !open && onClose()}
      isDismissable={!isSticky}
      isKeyboardDismissDisabled={isSticky}
    >
      <Modal className={classNames('side-panel', isWide && 'side-panel-wide')}>
        <AriaDialog className="side-panel-dialog">
          <header className="side-panel-header">
            <div className="side-panel-name">
              <Heading slot="title" className="side-panel-title">
                {title}
              </Heading>
              {subtitle !== undefined && <p className="side-panel-subtitle">{subtitle}</p>}
            </div>
            <IconButton label={closeLabel} icon={<X aria-hidden />} onPress={onClose} />
          </header>
          <div className="side-panel-body">
            <NextLevel>{children}</NextLevel>
          </div>
          {actions !== undefined && <footer className="side-panel-actions">{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
