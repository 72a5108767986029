/**
 * `npm run bench -- authorization`: how long a decision on a call takes over many rules and users, and whether that stays so as calls
 * go on. In one process, by the books and stores of the bridge, its rereading of them included; no call is made. `--quick` looks briefly.
 */
import { cpus } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { Authorization } from '../bridge/call-server/call-director/index.ts';
import { type CallId, callIdSchema } from '../shared/domain/index.ts';
import { DialbridgeError } from '../shared/errors/index.ts';
import { inventCall, inventUserCall } from './bench-authorization/inventCall.ts';
import { sizes } from './bench-authorization/inventData.ts';
import { openBridge } from './bench-authorization/openBridge.ts';
import { percentile } from './bench-authorization/percentile.ts';

const isQuick = process.argv.includes('--quick');
const calls = isQuick ? 20_000 : 200_000;
const explanations = isQuick ? 20 : 200;
const warmUp = 5_000;
/** Calls that are up at once; the oldest ends when another begins. */
const callsUp = 2_000;

process.stderr.write('Filling the storage\n');
const bridge = await openBridge();
try {
  const { authorizer, limits, explainer, dice } = bridge;
  const decisions: number[] = [];
  const admissions: number[] = [];
  const outcomes = new Map<string, number>();
  const up: { ended(atMs: number): void }[] = [];

  const decide = async (id: CallId): Promise<void> => {
    const request = inventCall(dice, bridge);
    const startedAt = performance.now();
    let authorization: Authorization | null = null;
    let outcome = 'allowed';
    try {
      authorization = await authorizer.authorize(request);
    } catch (error) {
      if (!(error instanceof DialbridgeError)) throw error;
      outcome = error.code;
    }
    decisions.push(performance.now() - startedAt);
    if (authorization) {
      try {
        const admission = await limits.admit(id, authorization);
        admission.answered(Date.now());
        up.push(admission);
      } catch (error) {
        if (!(error instanceof DialbridgeError)) throw error;
        outcome = error.code;
      }
      admissions.push(performance.now() - startedAt);
      if (up.length > callsUp) up.shift()?.ended(Date.now());
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  };
  const decideMany = async (count: number, what: string) => {
    for (let index = 0; index < count; index += 1) {
      await decide(callIdSchema.parse(`${what}-${index}`));
      // So that the books are read again meanwhile, as they are in the bridge.
      if (index % 50 === 0) await setImmediate();
    }
  };

  process.stderr.write('Warming up\n');
  await decideMany(warmUp, 'warm-up');
  for (const list of [decisions, admissions]) list.length = 0;
  outcomes.clear();
  process.stderr.write(`Deciding on ${calls} calls\n`);
  await decideMany(calls, 'call');

  process.stderr.write(`Explaining ${explanations} calls\n`);
  const explained: number[] = [];
  for (let index = 0; index < explanations; index += 1) {
    const { client, destination } = inventUserCall(dice, bridge.users);
    const startedAt = performance.now();
    await explainer.explain({
      caller: { kind: 'user', userName: client.user.userName },
      ...{ destination, address: client.address, origin: client.origin },
    });
    explained.push(performance.now() - startedAt);
    await setImmediate();
  }

  const tenth = Math.floor(decisions.length / 10);
  const ms = (value: number) => (value >= 10 ? value.toFixed(0) : value.toPrecision(2));
  const row = (what: string, values: readonly number[]) =>
    `| ${what} | ${ms(percentile(values, 0.5))} ms | ${ms(percentile(values, 0.99))} ms | ${ms(percentile(values, 1))} ms |`;
  const share = [...outcomes]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${((count / calls) * 100).toFixed(1)} %`);
  process.stdout.write(`${process.platform}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}; Node ${process.versions.node}.
${sizes.rules} rules, ${sizes.users} users in ${sizes.groups} groups, ${sizes.brands} brands, ${sizes.rates} rates; ${calls} calls by anybody to anywhere, one after another.

| what | p50 | p99 | longest |
| --- | ---: | ---: | ---: |
${row('decision (authorize)', decisions)}
${row('— the first tenth of them', decisions.slice(0, tenth))}
${row('— the last tenth of them', decisions.slice(-tenth))}
${row('decision and place within the limits', admissions)}
${row('Explain: every rule one by one, with its reason', explained)}

What became of the calls: ${share.join(', ')}.
`);
} finally {
  await bridge.close();
}
