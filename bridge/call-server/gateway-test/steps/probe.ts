import type { ProbeResult, SipDestination } from '../../../sip-stack/index.ts';
import type { StepResult } from '../TestRun.ts';
import { hintFor, placeOf } from '../words.ts';
import type { TestContext } from './TestContext.ts';

const timeoutMs = 5000;

/** Asks each place by OPTIONS whether it lives. */
export async function probe(
  { sip, peer, gateway }: TestContext,
  destinations: readonly SipDestination[],
): Promise<StepResult> {
  const answers = await Promise.all(
    destinations.map(async (destination) => ({
      destination,
      result: await sip.probe(peer, { timeoutMs, destination }),
    })),
  );
  const text = answers.map(({ destination, result }) => `${placeOf(destination)} ${answerOf(result)}`).join('; ');
  if (answers.some(({ result }) => result.isReachable && takesCalls(result, gateway.probes.acceptedStatuses))) {
    return { outcome: 'passed', text: `${text}.` };
  }
  if (answers.some(({ result }) => result.isReachable)) {
    return { outcome: 'failed', text: `${text}. It is there, but by this answer counts as not taking calls.` };
  }
  if (!gateway.probes.isOn) {
    return { outcome: 'skipped', text: `${text}. Its probes are switched off, so this doesn’t count.` };
  }
  const problem = answers.map(({ result }) => result.problem ?? '').join(' ');
  return {
    outcome: 'failed',
    text: `${text}. ${hintFor(problem)} Where a gateway never answers OPTIONS, switch its probes off.`,
  };
}

function answerOf({ isReachable, status, roundTripMs, problem }: ProbeResult): string {
  if (!isReachable) return `gave no answer (${problem ?? 'no reason known'})`;
  return `answered ${status ?? 'something'}${roundTripMs === undefined ? '' : ` after ${Math.round(roundTripMs)} ms`}`;
}

function takesCalls({ status }: ProbeResult, accepted: readonly number[] | null): boolean {
  if (status === undefined) return true;
  return accepted === null ? status !== 408 && status !== 503 : accepted.includes(status);
}
