import type { MediaRelay } from '../../../../media-relay/index.ts';
import type { Logger } from '../../../../observability/index.ts';
import { relayedOf } from '../../direct/index.ts';
import { passDigitsOn } from '../../gateway-leg/index.ts';
import { agreeOnCodec } from './agreeOnCodec.ts';
import type { JoinableCall } from './JoinableCall.ts';

/**
 * Joins two answered calls: their other parties talk with each other. Both go on under the person's name and without them, until one
 * of them ends, which ends the other. @throws DialbridgeError, MediaError; the calls are as they were then
 */
export async function joinCalls(
  { relay, logger }: { readonly relay: Pick<MediaRelay, 'join'>; readonly logger: Logger },
  { one, other, isJoined }: { readonly one: JoinableCall; readonly other: JoinableCall; readonly isJoined: boolean },
): Promise<void> {
  const codec = one.media.gatewayCodec;
  await agreeOnCodec(one, other);
  if (!isJoined || one.media.gatewayCodec !== codec) await relay.join(relayedOf(one.media), relayedOf(other.media));
  for (const { media } of [one, other]) {
    media.play(null);
    media.setGate(true);
  }
  passDigitsOn([one.gatewayLeg, other.gatewayLeg], logger);
  const [numberOfOne, numberOfOther] = [one.otherNumber, other.otherNumber];
  one.leavePerson(numberOfOther);
  other.leavePerson(numberOfOne);
  one.onOver(() => other.hangUp());
  other.onOver(() => one.hangUp());
}
