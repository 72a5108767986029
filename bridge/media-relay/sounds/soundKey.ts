import type { CodecName } from '../../../shared/domain/index.ts';
import type { HeldSound } from '../port/index.ts';

/** By what the RTP legs know a sound in a codec. */
export function soundKey(sound: HeldSound, codec: CodecName): string {
  return `${sound}/${codec}`;
}
