import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState, Spinner } from '../ui/index.ts';
import './Waiting.css';

/** Before anything is known, also whose page it is: of no brand. An instant as a rule, longer when the bridge is away. */
export function Waiting({ isUnreachable }: { isUnreachable: boolean }) {
  const { t } = useTranslation();
  return (
    <main className="waiting">
      {isUnreachable ? (
        <EmptyState
          icon={<Unplug />}
          title={t('connection.unreachableTitle')}
          action={<Spinner label={t('connection.reconnecting')} />}
        >
          {t('connection.unreachableText')}
        </EmptyState>
      ) : (
        <span className="waiting-sign">
          <Spinner label={t('common.loading')} />
        </span>
      )}
    </main>
  );
}
