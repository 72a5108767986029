import { type RingingCall, useIncoming } from '../../calling/index.ts';
import { useParty } from '../../records/index.ts';
import { useCalledLine } from './useCalledLine.ts';

/** Who calls and whom, and what can be done about it, wherever the call is shown. */
export function useRingingCall(call: RingingCall) {
  const { accept, decline } = useIncoming();
  return {
    party: useParty(call),
    line: useCalledLine(call),
    accept: () => accept(call.callId),
    /** Ends the call in front for it. */
    endAndAccept: () => accept(call.callId, 'end'),
    decline: () => decline(call.callId),
  };
}
