/** What an echo test measured; null: not known. */
export interface CheckFigures {
  /** The bridge answers a message after so long. */
  readonly socketMs: number | null;
  readonly roundTripMs: number | null;
  readonly jitterMs: number | null;
  /** Of the packets there and back. */
  readonly lossPercent: number | null;
  readonly protocol: 'udp' | 'tcp' | null;
  /** The loudest moment of the microphone, 0 to 1 of full scale. */
  readonly loudest: number;
  readonly packetsSent: number;
  /** Packets of the echo that came. */
  readonly packetsBack: number;
  readonly isConnected: boolean;
}

export const checkFindings = [
  'noWay',
  'nothingBack',
  'microphoneSilent',
  'microphoneQuiet',
  'networkLoss',
  'networkDelay',
  'networkJitter',
  'overTcp',
] as const;
export type CheckFinding = (typeof checkFindings)[number];

/** As the bridge judges calls (docs/ARCHITECTURE.md, call quality), and of the microphone what can be told before one. */
const limits = {
  lossPercent: 4,
  roundTripMs: 300,
  jitterMs: 30,
  /** Less than one step of a 16-bit sample. */
  silent: 0.00003,
  /** -46 dBFS at the loudest: whoever speaks into a microphone beside them is well above. */
  quiet: 0.005,
} as const;

/** What stands in the way of a good call, the worst first; nothing: all is well. */
export function judgeCheck(figures: CheckFigures): readonly CheckFinding[] {
  const { lossPercent, roundTripMs, jitterMs, loudest, protocol, socketMs } = figures;
  if (!figures.isConnected) return ['noWay'];
  const isSilent = loudest < limits.silent;
  const isThere: Readonly<Record<CheckFinding, boolean>> = {
    noWay: false,
    // A microphone that gives nothing sends nothing, and that is no fault of the network.
    nothingBack: figures.packetsBack === 0 && !(isSilent && figures.packetsSent === 0),
    microphoneSilent: isSilent,
    microphoneQuiet: !isSilent && loudest < limits.quiet,
    networkLoss: (lossPercent ?? 0) >= limits.lossPercent,
    networkDelay: (roundTripMs ?? socketMs ?? 0) >= limits.roundTripMs,
    networkJitter: (jitterMs ?? 0) >= limits.jitterMs,
    overTcp: protocol === 'tcp',
  };
  return checkFindings.filter((finding) => isThere[finding]);
}
