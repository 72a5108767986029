import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { RingingCall } from '../../calling/index.ts';
import { useIncoming } from '../../calling/index.ts';
import { useNotifications } from '../../notifications/index.ts';
import { useParty } from '../../records/index.ts';
import { useCalledLine } from './useCalledLine.ts';
import { useIsAway } from './useIsAway.ts';
import { useNotificationIcon } from './useNotificationIcon.ts';

const nobody = { number: '', name: null, called: { number: '', name: null }, groupName: null } as const;

/** Shows the call by the system while the person looks elsewhere, and takes it back when it rings no longer or they are here. */
export function useCallNotification(call: RingingCall | null): void {
  const { t } = useTranslation();
  const notifications = useNotifications();
  const { isRingBlocked } = useIncoming();
  const isAway = useIsAway();
  const icon = useNotificationIcon();
  const party = useParty(call ?? nobody);
  const line = useCalledLine(call ?? nobody);
  const callId = isAway ? (call?.callId ?? null) : null;
  const title = t('incoming.calls', { party: party.title });
  const body = party.name === null ? line : `${party.number}\n${line}`;
  useEffect(() => {
    if (callId === null) return;
    return notifications.show({ title, body, icon, tag: callId, isSilent: !isRingBlocked });
  }, [notifications, callId, title, body, icon, isRingBlocked]);
}
