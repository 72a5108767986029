import type { SipDialog, SipRequestFailure } from '../../../../sip-stack/index.ts';

export type Referral =
  | { readonly kind: 'succeeded' }
  /** `isRefused`: the gateway didn't try. */
  | { readonly kind: 'failed'; readonly isRefused: boolean; readonly failure: SipRequestFailure };

/** What becomes of a REFER. Doesn't resolve where the call ends before that is known. */
export function referTo(
  dialog: Pick<SipDialog, 'refer'>,
  to: Parameters<SipDialog['refer']>[0],
  onRinging: () => void,
): Promise<Referral> {
  const referral = dialog.refer(to);
  let isAccepted = false;
  referral.on('accepted', () => {
    isAccepted = true;
  });
  referral.on('progressed', ({ status }) => {
    if (status >= 180) onRinging();
  });
  return new Promise((resolve) => {
    referral.once('succeeded', () => resolve({ kind: 'succeeded' }));
    referral.once('failed', (failure) => resolve({ kind: 'failed', isRefused: !isAccepted, failure }));
  });
}
