import type { InviteFailure } from '../../../sip-stack/index.ts';

/** Why a gateway didn't take a call: how its INVITE ended, or why it was given up before that. */
export type AttemptFailure =
  | InviteFailure
  /** It said 100, and then neither rang nor answered in time. */
  | { readonly kind: 'stalled' }
  /** It opened early media that can't be used: nobody has answered, and nobody would be heard. */
  | { readonly kind: 'unusable'; readonly reason: string; readonly isCodec: boolean };

/** It said nothing at all, or could not be reached. */
export function isSilence({ kind }: AttemptFailure): boolean {
  return kind === 'timeout' || kind === 'transport';
}

/** In plain words, for the operator who looks at the gateway. */
export function describeFailure(failure: AttemptFailure): string {
  switch (failure.kind) {
    case 'response':
      return `answered a call with ${failure.status} ${failure.reason}`.trimEnd();
    case 'timeout':
      return 'a call got no answer';
    case 'transport':
      return `a call could not reach it: ${failure.reason}`;
    case 'stalled':
      return 'took a call and did not go on with it';
    case 'protocol':
    case 'unusable':
      return `its answer to a call could not be used: ${failure.reason}`;
    case 'cancelled':
      return 'a call was cancelled';
  }
}
