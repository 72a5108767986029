import type { ReactNode } from 'react';
import { Button } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import { Notice } from '../Notice.tsx';
import './ConfirmDialog.css';

export interface ConfirmDialogProps {
  readonly title: string;
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly closeLabel: string;
  /** `danger` where something is removed or ended. */
  readonly tone?: 'primary' | 'danger';
  readonly isBusy?: boolean;
  /** Why it could not be done. */
  readonly failure?: string | null;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  /** What will happen, and what can't be undone. */
  readonly children: ReactNode;
}

/** Asks before something that can't be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, confirmLabel, cancelLabel, closeLabel, tone = 'danger', isBusy = false, failure = null } = props;
  return (
    <Dialog
      title={title}
      closeLabel={closeLabel}
      isOpen
      onClose={props.onCancel}
      actions={
        <>
          <Button autoFocus onPress={props.onCancel}>
            {cancelLabel}
          </Button>
          <Button variant={tone} isPending={isBusy} onPress={props.onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="confirm-text">
        {props.children}
        {failure !== null && (
          <Notice tone="danger" isUrgent>
            {failure}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
