import { useTranslation } from 'react-i18next';
import type { Availability as AvailabilityValues } from '../../../shared/protocol/index.ts';
import { describeFailure } from '../../session/index.ts';
import { useReadable } from '../../state/index.ts';
import { useNotices } from '../../ui/index.ts';
import { useCalling } from './CallingProvider.tsx';

export interface AvailabilityView extends AvailabilityValues {
  /** On all the person's devices. What can't be told to the bridge is said, and shown as it was. */
  readonly change: (wish: Partial<AvailabilityValues>) => void;
}

/** Whether the person's devices ring. */
export function useAvailability(): AvailabilityView {
  const { t } = useTranslation();
  const notices = useNotices();
  const { availability } = useCalling();
  const change = (wish: Partial<AvailabilityValues>) => {
    availability.change(wish).catch((error: unknown) => {
      notices.post({ tone: 'danger', text: describeFailure(error, t) });
    });
  };
  return { ...useReadable(availability.state), change };
}
