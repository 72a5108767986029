import type { RTCSession } from 'jssip/lib/RTCSession.js';
import { sendInDialog } from '../agent/jssipInternals.ts';

/**
 * One digit by INFO. With handlers of our own: JsSIP's would end the call over an INFO that is refused or not answered.
 * Rejects on anything but a 2xx.
 */
export function sendDigit(session: RTCSession, digit: string, durationMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (why: string) => () => reject(new Error(`the gateway did not take the digit: ${why}`));
    sendInDialog(session, 'INFO', {
      extraHeaders: ['Content-Type: application/dtmf-relay'],
      body: `Signal=${digit}\r\nDuration=${Math.round(durationMs)}\r\n`,
      eventHandlers: {
        onSuccessResponse: () => resolve(),
        onErrorResponse: failed('refused'),
        onTransportError: failed('no connection'),
        onRequestTimeout: failed('no answer'),
        onDialogError: failed('refused'),
      },
    });
  });
}
