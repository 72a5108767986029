import { useTranslation } from 'react-i18next';
import { type RingingCall, useCall, useIncoming } from '../../calling/index.ts';
import { describeError } from '../../session/index.ts';
import { Notice } from '../../ui/index.ts';

/** What stands in the way of hearing this call ring, or of taking it. */
export function RingNotes({ call }: { readonly call: RingingCall }) {
  const { t } = useTranslation();
  const { isRingBlocked, isSilenced } = useIncoming();
  const { ended } = useCall();
  // The person took it, which failed: it rings on, and can be taken again.
  const attempt = ended?.callId === call.callId ? ended.end : null;
  const problem = attempt?.microphone;
  const error = attempt?.error;
  const isQuiet = isSilenced(call.callId);
  if (problem === undefined && error === undefined && !isRingBlocked && !isQuiet) return null;
  return (
    <div className="ring-notes">
      {problem !== undefined && (
        <Notice tone="danger" title={t(`microphone.${problem}.title`)} isUrgent>
          {t('incoming.noMicrophone')}
        </Notice>
      )}
      {error !== undefined && (
        <Notice tone="danger" title={t('incoming.notTaken')} isUrgent>
          {describeError(error, t)}
        </Notice>
      )}
      {isRingBlocked && !isQuiet && <Notice tone="warning">{t('incoming.blocked')}</Notice>}
      {isQuiet && <Notice tone="info">{t('incoming.silenced')}</Notice>}
    </div>
  );
}
