import type { CodecName } from '../../../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../../../shared/errors/index.ts';
import type { JoinableCall } from './JoinableCall.ts';

/**
 * Has the gateways of both calls speak one codec and take part, by re-INVITEs where they don't: at best none, then that of one of them,
 * then any that both may use. @throws DialbridgeError `noCommonCodec`; `callEnded` where one of the calls ended meanwhile
 */
export async function agreeOnCodec(one: JoinableCall, other: JoinableCall): Promise<void> {
  for (const codec of commonCodecs(one, other)) {
    if ((await one.hold.makeReady(codec)) && (await other.hold.makeReady(codec))) return;
  }
  throw new DialbridgeError('noCommonCodec');
}

/** What is spoken already comes first. */
function commonCodecs(one: JoinableCall, other: JoinableCall): readonly CodecName[] {
  const mayUse = (call: JoinableCall, codec: CodecName) => call.gatewayLeg.gateway?.codecs.includes(codec) ?? false;
  const spoken = [other.media.gatewayCodec, one.media.gatewayCodec];
  const candidates = [...spoken, ...(other.gatewayLeg.gateway?.codecs ?? [])];
  return [...new Set(candidates)].filter(
    (codec): codec is CodecName => codec !== null && mayUse(one, codec) && mayUse(other, codec),
  );
}
