import { describe, expect, it } from 'vitest';
import { readFigures } from './MediaFigures.ts';

const chromium = [
  { id: 'A', type: 'media-source', kind: 'audio', totalAudioEnergy: 0.5, totalSamplesDuration: 10 },
  {
    ...{
      id: 'I',
      type: 'inbound-rtp',
      kind: 'audio',
      packetsReceived: 500,
      packetsLost: 3,
      jitter: 0.004,
      codecId: 'C',
    },
    ...{ jitterBufferDelay: 2, jitterBufferEmittedCount: 48_000, concealedSamples: 480, totalSamplesReceived: 48_000 },
    silentConcealedSamples: 120,
    ...{ totalAudioEnergy: 0.1, totalSamplesDuration: 10 },
  },
  { id: 'O', type: 'outbound-rtp', kind: 'audio', packetsSent: 510, codecId: 'C' },
  { id: 'C', type: 'codec', mimeType: 'audio/opus' },
  { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
  { id: 'Q', type: 'candidate-pair', nominated: true, currentRoundTripTime: 9 },
  { id: 'P', type: 'candidate-pair', currentRoundTripTime: 0.02, localCandidateId: 'L', remoteCandidateId: 'R' },
  { id: 'L', type: 'local-candidate', candidateType: 'host', protocol: 'udp' },
  { id: 'R', type: 'remote-candidate', candidateType: 'host', protocol: 'udp' },
];
const read = (entries: readonly { id: string }[]) => readFigures(entries.map((entry) => [entry.id, entry]));

describe('The figures of a browser', () => {
  it('are read from its statistics', () => {
    expect(read(chromium)).toEqual({
      ...{ roundTripMs: 20, jitterMs: 4, packetsReceived: 500, packetsLost: 3, packetsSent: 510 },
      ...{ bufferDelayS: 2, samplesEmitted: 48_000, samplesConcealed: 480, samplesSilent: 120, samplesPlayed: 48_000 },
      ...{ input: { energy: 0.5, seconds: 10 }, output: { energy: 0.1, seconds: 10 } },
      ...{ codec: 'opus', isRelayed: false, protocol: 'udp' },
    });
  });

  it('take the nominated pair where no transport names one, as in Firefox', () => {
    expect(read(chromium.filter(({ type }) => type !== 'transport')).roundTripMs).toBe(9000);
  });

  it('know a TURN server, and the way to it', () => {
    const relayed = { id: 'L', type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' };
    const entries = [...chromium.filter(({ id }) => id !== 'L'), relayed];
    expect(read(entries)).toMatchObject({ isRelayed: true, protocol: 'tcp' });
  });

  it('say so where a browser tells nothing', () => {
    expect(read([])).toEqual({
      ...{ roundTripMs: null, jitterMs: null, packetsReceived: 0, packetsLost: 0, packetsSent: 0 },
      ...{ bufferDelayS: null, samplesEmitted: null, samplesConcealed: null, samplesSilent: null, samplesPlayed: null },
      ...{ input: null, output: null, codec: null, isRelayed: null, protocol: null },
    });
  });

  it('don’t take a codec for one that we don’t know', () => {
    const entries = chromium.map((entry) => (entry.id === 'C' ? { ...entry, mimeType: 'audio/red' } : entry));
    expect(read(entries).codec).toBeNull();
  });
});
