import { MediaError } from '../port/index.ts';
import type { MediasoupSession } from './MediasoupSession.ts';

/**
 * Has the gateways of two calls talk to each other, leg to leg, without their browsers.
 * @throws MediaError `noCommonCodec` where they don't speak one codec, `closed`
 */
export async function joinSessions(one: MediasoupSession, other: MediasoupSession): Promise<void> {
  if (one.joined !== null || other.joined !== null || one === other) {
    throw new MediaError('closed', 'a call can be joined with one other call');
  }
  const codec = one.gatewayCodec;
  if (codec === null || other.gatewayCodec !== codec) {
    throw new MediaError(
      'noCommonCodec',
      `the gateways speak ${codec} and ${other.gatewayCodec}: nothing is transcoded`,
    );
  }
  await Promise.all([one.releaseBrowser(), other.releaseBrowser()]);
  await Promise.all([one.talkTo(other), other.talkTo(one)]);
}
