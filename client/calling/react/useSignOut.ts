import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { describeFailure, useSession } from '../../session/index.ts';
import { useNotices } from '../../ui/index.ts';
import { useCalling } from './CallingProvider.tsx';

/** Signs out here or on every device, unless there is a call, which would be lost; says what stands in the way. */
export function useSignOut(where: 'here' | 'everywhere' = 'here'): () => void {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const { phone } = useCalling();
  return useCallback(() => {
    if (phone.isInCall) return notices.post({ tone: 'plain', text: t('settings.signOutInCall') });
    const leaving = where === 'here' ? session.signOut() : session.signOutEverywhere();
    leaving.catch((error: unknown) => notices.post({ tone: 'danger', text: describeFailure(error, t) }));
  }, [phone, session, notices, t, where]);
}
