import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallElsewhere } from '../../../shared/protocol/index.ts';
import { useOtherDevices } from '../../calling/index.ts';
import { useNotices } from '../../ui/index.ts';

/** Takes a call of another device here; says so where the present call stands in the way. */
export function useTakeCall(): (call: CallElsewhere) => void {
  const { t } = useTranslation();
  const notices = useNotices();
  const { otherDevices } = useOtherDevices();
  return useCallback(
    (call) => {
      if (!otherDevices.take(call)) notices.post({ tone: 'plain', text: t('dialer.alreadyInCall') });
    },
    [otherDevices, notices, t],
  );
}
