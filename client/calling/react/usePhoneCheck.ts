import { useReadable } from '../../state/index.ts';
import type { CheckState, PhoneCheck } from '../check/index.ts';
import { useCalling } from './CallingProvider.tsx';

/** The echo test, for a view. */
export function usePhoneCheck(): { readonly check: PhoneCheck; readonly state: CheckState } {
  const { check } = useCalling();
  return { check, state: useReadable(check.state) };
}
