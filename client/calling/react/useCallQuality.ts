import { useReadable } from '../../state/index.ts';
import type { ClientCall } from '../call/index.ts';
import type { QualityView } from '../quality/index.ts';
import { useCalling } from './CallingProvider.tsx';

/** How good the audio of this call is; null: nothing is known yet. */
export function useCallQuality({ callId }: Pick<ClientCall, 'callId'>): QualityView | null {
  const view = useReadable(useCalling().quality.view);
  return view?.callId === callId ? view : null;
}
