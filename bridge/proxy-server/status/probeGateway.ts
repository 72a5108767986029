import type { ProbeResult, SipDestination, SipPeer, SipStack } from '../../sip-stack/index.ts';
import type { GatewayStatus } from './GatewayStatus.ts';
import type { ProbeOutcome } from './probeOutcome.ts';

export interface ProbeOptions {
  /** For each place. */
  readonly timeoutMs: number;
  /** Answers that show that it can take calls; null: any but 408 and 503. */
  readonly acceptedStatuses: readonly number[] | null;
}

/** Asks every place that the peer can be reached at, side by side. Never rejects. */
export async function probeGateway(
  sip: Pick<SipStack, 'locate' | 'probe' | 'noteFailure'>,
  peer: SipPeer,
  options: ProbeOptions,
): Promise<ProbeOutcome & Pick<GatewayStatus, 'addresses'>> {
  let destinations: readonly SipDestination[];
  try {
    destinations = await sip.locate(peer);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { isReachable: false, problem, retryAfterMs: null, addresses: [] };
  }
  const answers = await Promise.all(
    destinations.map(async (destination) => {
      const result = await sip.probe(peer, { timeoutMs: options.timeoutMs, destination });
      const problem = problemOf(result, options.acceptedStatuses);
      if (problem !== null) sip.noteFailure(destination);
      return { destination, result, problem };
    }),
  );
  const addresses = answers.map(({ destination: { transport, address, port }, problem }) => {
    return { transport, address, port, isReachable: problem === null };
  });
  const good = answers.find(({ problem }) => problem === null);
  if (good) {
    // Only what one place says of all: another one may be asked meanwhile.
    const retryAfterMs = good.result.retryAfterMs ?? null;
    return { isReachable: true, roundTripMs: good.result.roundTripMs ?? null, retryAfterMs, addresses };
  }
  const rests = answers.map(({ result }) => result.retryAfterMs).filter((ms) => ms !== undefined);
  return {
    isReachable: false,
    problem: answers[0]?.problem ?? 'there is no place to reach it at',
    retryAfterMs: rests.length > 0 && rests.length === answers.length ? Math.min(...rests) : null,
    addresses,
  };
}

/** Any answer shows that it lives, but one that says it cannot serve (503) or that nobody is behind it (408). Null: it can take calls. */
function problemOf({ isReachable, status, problem }: ProbeResult, accepted: readonly number[] | null): string | null {
  if (!isReachable) return problem ?? 'no answer';
  if (status === undefined) return null;
  const isGood = accepted === null ? status !== 408 && status !== 503 : accepted.includes(status);
  return isGood ? null : `answered ${status}`;
}
