import { useTranslation } from 'react-i18next';
import { useConnection } from '../calling/index.ts';
import { describeFailure } from '../session/index.ts';
import { Button, Notice } from '../ui/index.ts';

/** Says that the bridge is away, or that this page is of no more use. */
export function ConnectionNotice() {
  const { t } = useTranslation();
  const { state, isTrouble } = useConnection();
  if (state.kind === 'refused') {
    return (
      <div className="shell-notice">
        <Notice
          tone="danger"
          title={t('connection.refusedTitle')}
          isUrgent
          action={<Button onPress={() => location.reload()}>{t('common.reload')}</Button>}
        >
          {describeFailure(state.error, t)}
        </Notice>
      </div>
    );
  }
  if (!isTrouble) return null;
  return (
    <div className="shell-notice">
      <Notice tone="warning" title={t('connection.reconnecting')}>
        {t('connection.reconnectingHint')}
      </Notice>
    </div>
  );
}
