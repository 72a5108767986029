import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotices } from '../../ui/index.ts';
import type { DialRequest } from '../phone/index.ts';
import { useCalling } from './CallingProvider.tsx';

/** Dials from anywhere; while a call is not answered yet it says kindly that one has to wait. True when the call went out. */
export function useDial(): (request: DialRequest) => boolean {
  const { phone } = useCalling();
  const notices = useNotices();
  const { t } = useTranslation();
  return useCallback(
    (request) => {
      const isDialled = phone.dial(request);
      if (!isDialled) notices.post({ tone: 'plain', text: t('dialer.alreadyInCall') });
      return isDialled;
    },
    [phone, notices, t],
  );
}
