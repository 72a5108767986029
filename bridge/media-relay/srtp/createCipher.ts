import { CounterModeCipher } from './CounterModeCipher.ts';
import { deriveSessionKeys } from './deriveSessionKeys.ts';
import { GcmCipher } from './GcmCipher.ts';
import type { PacketCipher } from './PacketCipher.ts';
import { type SrtpKey, srtpSuites } from './suites.ts';

/** The cipher for a session's RTP or RTCP. */
export function createCipher(key: SrtpKey, use: 'rtp' | 'rtcp'): PacketCipher {
  const { kind, rtpTagLength } = srtpSuites[key.suite];
  const keys = deriveSessionKeys(key, use);
  const { mkiLength } = key;
  return kind === 'gcm' ? new GcmCipher(keys, { mkiLength }) : new CounterModeCipher(keys, { rtpTagLength, mkiLength });
}
