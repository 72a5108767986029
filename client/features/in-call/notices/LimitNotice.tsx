import { useTranslation } from 'react-i18next';
import { type ClientCall, useLimitWarning } from '../../../calling/index.ts';
import { LiveRegion } from '../../../ui/index.ts';
import { StageNotice } from './StageNotice.tsx';

/** Warns of the limit that will end the call: counting down for the eye, once for the ear. */
export function LimitNotice({ call }: { call: ClientCall }) {
  const { t } = useTranslation();
  const { warning, announcement } = useLimitWarning(call);
  return (
    <>
      <LiveRegion label={t('limit.label')} text={announcement} />
      {warning !== null && (
        <div role="timer" aria-label={t('limit.label')}>
          <StageNotice title={warning.title}>{warning.reason}</StageNotice>
        </div>
      )}
    </>
  );
}
