import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type ClientCall, type ClientCallTransfer, useCall } from '../../../calling/index.ts';
import { useParty } from '../../../records/index.ts';
import { describeError } from '../../../session/index.ts';
import { StageNotice } from './StageNotice.tsx';

export interface TransferNoticeProps {
  readonly call: ClientCall;
  readonly transfer: ClientCallTransfer;
  /** Null: calls can't be passed on. */
  readonly onPassOn: (() => void) | null;
}

/** How far a call is on its way to somebody else; where that failed, why, and what can be done. */
export function TransferNotice({ call, transfer, onPassOn }: TransferNoticeProps) {
  const { t } = useTranslation();
  const { phone } = useCall();
  const { title: to } = useParty({ number: transfer.to, name: null });
  const { title: party } = useParty(call);
  if (transfer.state !== 'failed') {
    return (
      <StageNotice title={t(`passOn.${transfer.state}`, { party, to })}>
        <p>{t('passOn.stays')}</p>
        <div className="stage-notice-actions">
          <Button className="stage-notice-action" onPress={() => phone.resume(call.callId)}>
            {t('passOn.takeBack')}
          </Button>
        </div>
      </StageNotice>
    );
  }
  const { error } = transfer;
  // The words of `transferFailed` are those of the title.
  const reason = error === undefined || error.code === 'transferFailed' ? null : describeError(error, t);
  return (
    <StageNotice title={t('passOn.failed', { to })} isUrgent>
      <p>{reason ?? t('passOn.stillYours', { party })}</p>
      <div className="stage-notice-actions">
        <Button className="stage-notice-action" onPress={() => phone.resume(call.callId)}>
          {t('inCall.resume')}
        </Button>
        {onPassOn !== null && (
          <Button className="stage-notice-action" onPress={onPassOn}>
            {t('passOn.again')}
          </Button>
        )}
      </div>
    </StageNotice>
  );
}
