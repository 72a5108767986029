import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { LiveCall } from '../../../../shared/admin/index.ts';
import { TextField } from '../../../ui/index.ts';
import { ConfirmDialog } from '../../../ui/workbench/index.ts';
import { useAdminApi } from '../../api/index.ts';
import { useAction } from '../../frame/index.ts';
import { otherNumber } from './useLiveColumns.tsx';

export interface HangUpDialogProps {
  readonly call: LiveCall;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Ends somebody's call, with a reason for its record. */
export function HangUpDialog({ call, onDone, onClose }: HangUpDialogProps) {
  const { t } = useTranslation();
  const api = useAdminApi();
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const action = useAction(async () => {
    const path = `/live/calls/${encodeURIComponent(call.callId)}/hang-up`;
    await api.ask({ method: 'POST', path, body: { reason: reason.trim() } }, z.unknown());
    onDone();
  });
  const hangUp = () => {
    if (reason.trim() === '') setIsMissing(true);
    else action.run();
  };
  return (
    <ConfirmDialog
      title={t('admin.live.hangUpTitle')}
      confirmLabel={t('admin.live.hangUp')}
      cancelLabel={t('common.cancel')}
      closeLabel={t('common.close')}
      isBusy={action.isBusy}
      failure={action.failure}
      onConfirm={hangUp}
      onCancel={onClose}
    >
      <p>
        {t('admin.live.hangUpText', {
          person: call.userName ?? t(`admin.live.nobody.${call.direction}`),
          number: otherNumber(call),
        })}
      </p>
      <TextField
        label={t('admin.live.reason')}
        value={reason}
        onChange={setReason}
        {...(isMissing && reason.trim() === '' && { error: t('admin.live.reasonMissing') })}
      />
    </ConfirmDialog>
  );
}
