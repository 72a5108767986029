import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import './Dialog.css';
import { IconButton } from './IconButton.tsx';

export interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Below the content, always in sight. */
  readonly actions?: ReactNode;
  /** Beside the title, before the close button. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** A window of its own; on narrow screens a sheet from below. Escape and a click outside close it. */
export function Dialog({ title, closeLabel, isOpen, onClose, actions, tools, children }: DialogProps) {
  return (
    <ModalOverlay className="dialog-scrim" isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className="dialog-modal">
        <AriaDialog className="dialog">
          <header className="dialog-header">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            {tools}
            <IconButton label={closeLabel} icon={<X aria-hidden />} onPress={onClose} />
          </header>
          <div className="dialog-body">{children}</div>
          {actions !== undefined && <footer className="dialog-actions">{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
