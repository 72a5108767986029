/**
 * `npm run bench -- selection`: how long the choice of gateways takes among many, how long it takes to load them, and for how long others
 * wait while they change. In one process, by the proxy server and the stores of the bridge; no call is made. `--quick` looks briefly.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { SelectionRequest } from '../bridge/proxy-server/index.ts';
import type { BrandId } from '../shared/domain/index.ts';
import { callIdSchema } from '../shared/domain/index.ts';
import { Dice } from './bench-authorization/inventData.ts';
import { percentile } from './bench-authorization/percentile.ts';
import { inventGateways, inventNumber, inventRoutes, sizes } from './bench-selection/inventNetwork.ts';
import { longestBlock } from './bench-selection/longestBlock.ts';
import { fill, fillStorage, openProxy } from './bench-selection/openProxy.ts';

const isQuick = process.argv.includes('--quick');
const choices = isQuick ? 10_000 : 100_000;
const warmUp = isQuick ? 2_000 : 10_000;
const loads = isQuick ? 1 : 5;
/** Calls that are up at once; the oldest ends when another begins. */
const callsUp = 2_000;

type Proxy = Awaited<ReturnType<typeof openProxy>>;

const dice = new Dice(20_261_122);
const dataDir = await mkdtemp(join(tmpdir(), 'dialbridge-bench-'));
try {
  process.stderr.write('Filling the storage\n');
  const gateways = inventGateways(dice);
  await fillStorage(dataDir, { gateways, routes: inventRoutes(dice) });
  const loadTimes: number[] = [];
  for (let load = 1; load < loads; load += 1) {
    const proxy = await openProxy(dataDir);
    loadTimes.push(proxy.loadMs);
    await proxy.close();
  }
  const proxy = await openProxy(dataDir);
  loadTimes.push(proxy.loadMs);

  process.stderr.write(`Choosing ${choices} times\n`);
  const { times, best, candidates, found } = await choose(proxy, choices);
  process.stderr.write('Changing gateways\n');
  const [first] = gateways;
  const oneChanged = await change(proxy, async () => {
    if (first) await proxy.gateways.put({ ...first, priority: 7 });
  });
  const allChanged = await change(proxy, () => fill(proxy.gateways, inventGateways(dice)));
  const everywhere = await change(proxy, () => fill(proxy.gateways, inventGateways(dice, { isEverywhere: true })));
  const extreme = await choose(proxy, choices / 20);
  await proxy.close();

  const ms = (value: number) => (value >= 10 ? value.toFixed(0) : value.toPrecision(3));
  const row = (what: string, values: readonly number[]) =>
    `| ${what} | ${ms(percentile(values, 0.5))} ms | ${ms(percentile(values, 0.99))} ms | ${ms(percentile(values, 1))} ms |`;
  process.stdout.write(`${process.platform}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, load average ${loadavg()[0]?.toFixed(1)}; Node ${process.versions.node}.
${sizes.gateways} gateways with ${sizes.gateways * sizes.prefixesEach} prefixes and as many prices, ${sizes.routes} routes; ${choices} choices, ${callsUp} calls up.

| what | p50 | p99 | longest |
| --- | ---: | ---: | ---: |
${row('choice of gateways (select)', times)}
${row('— best of three for each, which leaves out what else the machine does', best)}
${row('— the last tenth of them', times.slice(-times.length / 10))}
${row('the same where every gateway serves every number', extreme.best)}
${row('load from storage until the first choice', loadTimes)}

Candidates of a choice: ${percentile(candidates, 0.5)} in the median, ${percentile(candidates, 1)} at most; ${((found / choices) * 100).toFixed(0)} % of the choices had one.
Others waited at most ${ms(oneChanged)} ms while one gateway changed, ${ms(allChanged)} ms while all of them did, ${ms(everywhere)} ms while all of them lost their prefixes.
`);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

/** One after another, as calls come: each takes a place at the first gateway that has one, and the oldest call leaves. */
async function choose({ proxyServer }: Proxy, count: number) {
  const times: number[] = [];
  const best: number[] = [];
  const candidates: number[] = [];
  const up: (() => void)[] = [];
  let found = 0;
  for (let index = -warmUp; index < count; index += 1) {
    const request = inventRequest();
    const startedAt = performance.now();
    const selection = await proxyServer.select(request);
    const tookMs = performance.now() - startedAt;
    if (index >= 0) {
      times.push(tookMs);
      best.push(await bestOfThree(proxyServer, request, tookMs));
      candidates.push(selection.candidates.length);
      if (selection.candidates.length > 0) found += 1;
    }
    const callId = callIdSchema.parse(`call-${count}-${index}`);
    for (const gateway of selection.candidates) {
      if ((await proxyServer.claim(gateway, callId)) !== 'claimed') continue;
      proxyServer.report({ kind: 'tried', gatewayId: gateway.id, callId });
      proxyServer.report({ kind: 'progressed', gatewayId: gateway.id, callId, postDialDelayMs: 500 });
      up.push(() => proxyServer.release(gateway.id, callId));
      break;
    }
    if (up.length > callsUp) up.shift()?.();
    // So that the books are read again meanwhile, as they are in the bridge.
    if (index % 50 === 0) await setImmediate();
  }
  for (const leave of up) leave();
  return { times, best, candidates, found };
}

/** The same choice twice more. */
async function bestOfThree(
  proxyServer: Proxy['proxyServer'],
  request: SelectionRequest,
  firstMs: number,
): Promise<number> {
  let best = firstMs;
  for (let again = 0; again < 2; again += 1) {
    const startedAt = performance.now();
    await proxyServer.select(request);
    best = Math.min(best, performance.now() - startedAt);
  }
  return best;
}

function inventRequest(): SelectionRequest {
  return {
    calledNumber: inventNumber(dice),
    type: dice.pick(['mobile', 'fixedLine', 'voip'] as const),
    gatewayIds: null,
    caller: {
      brandId: `brand-${dice.below(50)}` as BrandId,
      groups: dice.several(3, () => `group-${dice.below(500)}`),
    },
    codecs: ['opus', 'G722', 'PCMU', 'PCMA'],
  };
}

/** For how long others wait while the books take a change over. */
async function change(proxy: Proxy, work: () => Promise<void>): Promise<number> {
  await work();
  return longestBlock(proxy.reload());
}
