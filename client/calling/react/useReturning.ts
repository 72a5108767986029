import type { CallElsewhere, Elsewhere } from '../../../shared/protocol/index.ts';
import { useReadable } from '../../state/index.ts';
import type { AbandonedCall, CallReturn, OtherDevices } from '../return/index.ts';
import { useCalling } from './CallingProvider.tsx';

export interface OtherDevicesView {
  readonly elsewhere: Elsewhere;
  /** A call that another device asks to take; null: none does. */
  readonly pushed: CallElsewhere | null;
  readonly otherDevices: OtherDevices;
}

/** The person's other devices and the calls there, for a view. */
export function useOtherDevices(): OtherDevicesView {
  const { otherDevices } = useCalling();
  return {
    elsewhere: useReadable(otherDevices.elsewhere),
    pushed: useReadable(otherDevices.pushed),
    otherDevices,
  };
}

/** Calls of before a crash that wait for the person's press. */
export function useAbandonedCalls(): { readonly waiting: readonly AbandonedCall[]; readonly callReturn: CallReturn } {
  const { callReturn } = useCalling();
  return { waiting: useReadable(callReturn.waiting), callReturn };
}
