import { type CodecName, codecNameSchema } from '../../../shared/domain/index.ts';

/** What a browser counted of a connection's audio since it began; null: it doesn't tell. */
export interface MediaFigures {
  readonly roundTripMs: number | null;
  readonly jitterMs: number | null;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly packetsSent: number;
  /** Seconds that all that was played has waited, and how many samples that were. */
  readonly bufferDelayS: number | null;
  readonly samplesEmitted: number | null;
  /** With those of `samplesSilent`. */
  readonly samplesConcealed: number | null;
  /** Concealed by silence: where nothing comes for a while, be it lost or never sent. */
  readonly samplesSilent: number | null;
  readonly samplesPlayed: number | null;
  readonly input: Energy | null;
  readonly output: Energy | null;
  readonly codec: CodecName | null;
  readonly isRelayed: boolean | null;
  readonly protocol: 'udp' | 'tcp' | null;
}

/** Of an audio signal since it began: the square of its level (0 to 1) summed over time. */
export interface Energy {
  readonly energy: number;
  readonly seconds: number;
}

type Entry = Readonly<Record<string, unknown>>;

/** Reads the statistics of a peer connection with one audio line (W3C WebRTC statistics). */
export function readFigures(statistics: Iterable<readonly [string, unknown]>): MediaFigures {
  const entries = new Map([...statistics].map(([id, entry]) => [id, entry as Entry]));
  const find = (type: string) => [...entries.values()].find((entry) => entry.type === type && entry.kind !== 'video');
  const [inbound, outbound, source] = [find('inbound-rtp'), find('outbound-rtp'), find('media-source')];
  const transport = find('transport');
  const pair =
    entries.get(String(transport?.selectedCandidatePairId)) ??
    [...entries.values()].find(({ type, nominated }) => type === 'candidate-pair' && nominated === true);
  const local = entries.get(String(pair?.localCandidateId));
  const remote = entries.get(String(pair?.remoteCandidateId));
  return {
    roundTripMs: milliseconds(pair?.currentRoundTripTime ?? find('remote-inbound-rtp')?.roundTripTime),
    jitterMs: milliseconds(inbound?.jitter),
    packetsReceived: numberOf(inbound?.packetsReceived) ?? 0,
    packetsLost: numberOf(inbound?.packetsLost) ?? 0,
    packetsSent: numberOf(outbound?.packetsSent) ?? 0,
    bufferDelayS: numberOf(inbound?.jitterBufferDelay),
    samplesEmitted: numberOf(inbound?.jitterBufferEmittedCount),
    samplesConcealed: numberOf(inbound?.concealedSamples),
    samplesSilent: numberOf(inbound?.silentConcealedSamples),
    samplesPlayed: numberOf(inbound?.totalSamplesReceived),
    input: energyOf(source),
    output: energyOf(inbound),
    codec: codecOf(entries.get(String(outbound?.codecId))) ?? codecOf(entries.get(String(inbound?.codecId))),
    isRelayed: local === undefined ? null : local.candidateType === 'relay' || remote?.candidateType === 'relay',
    protocol: protocolOf(local),
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function milliseconds(value: unknown): number | null {
  const seconds = numberOf(value);
  return seconds === null ? null : seconds * 1000;
}

function energyOf(entry: Entry | undefined): Energy | null {
  const energy = numberOf(entry?.totalAudioEnergy);
  const seconds = numberOf(entry?.totalSamplesDuration);
  return energy === null || seconds === null ? null : { energy, seconds };
}

function codecOf(entry: Entry | undefined): CodecName | null {
  const name = String(entry?.mimeType ?? '').replace(/^audio\//i, '');
  return codecNameSchema.options.find((codec) => codec.toLowerCase() === name.toLowerCase()) ?? null;
}

/** A relayed candidate is reached by `relayProtocol`; what counts is the way from here. */
function protocolOf(local: Entry | undefined): 'udp' | 'tcp' | null {
  const protocol = local?.relayProtocol ?? local?.protocol;
  if (protocol === 'udp') return 'udp';
  return protocol === 'tcp' || protocol === 'tls' ? 'tcp' : null;
}
