import { cpus } from 'node:os';
import { BenchSetting } from './BenchSetting.ts';
import { measureDial } from './measureDial.ts';
import { measureRate, measureSetUpCost } from './measureRate.ts';
import { measureRelayDelay } from './measureRelayDelay.ts';
import { measureSlopes, mostCalls, warmUpCalls } from './measureSlopes.ts';
import { type Row, renderTable } from './report.ts';
import { median } from './statistics.ts';

/**
 * `npm run bench`: figures of real calls on loopback: Chromium, the bridge as a user starts it, and a gateway of the
 * benchmark's own that tells the moments (SIP over UDP, PCMU). `--quick` looks once and briefly at everything.
 */
const isQuick = process.argv.includes('--quick');
const runs = isQuick ? 1 : 3;

const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

async function repeat<T>(what: string, measure: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let run = 1; run <= runs; run += 1) {
    say(`${what} (${run} of ${runs})`);
    const result = await measure();
    say(`  ${JSON.stringify(result)}`);
    results.push(result);
  }
  return results;
}

function medianOf<T>(results: readonly T[], read: (result: T) => number): number {
  return median(results.map(read));
}

/** Each run has a bridge of its own, so that one run's memory is not the next one's. */
async function inFreshSetting<T>(measure: (setting: BenchSetting) => Promise<T>): Promise<T> {
  const setting = await BenchSetting.create();
  try {
    return await measure(setting);
  } finally {
    await setting.close();
  }
}

const dials = await repeat('Dialling', () => inFreshSetting((setting) => measureDial(setting, isQuick ? 5 : 20)));
const slopes = await repeat('Holding 1, 10 and 25 calls', () =>
  inFreshSetting((setting) => measureSlopes(setting, isQuick ? 3_000 : 10_000)),
);
const delays = await repeat('Timing packets', () =>
  inFreshSetting((setting) => measureRelayDelay(setting, isQuick ? 100 : 400)),
);
const costs = await repeat('Setting up and ending calls', () =>
  inFreshSetting((setting) => measureSetUpCost(setting, isQuick ? 10 : 50)),
);
const rates = await repeat('Full calls per second', () =>
  inFreshSetting((setting) => measureRate(setting, { concurrency: 16, durationMs: isQuick ? 3_000 : 10_000 })),
);
const dial = (what: string, read: (figures: (typeof dials)[number]) => number, janus?: number): Row => ({
  what,
  value: medianOf(dials, read),
  unit: 'ms',
  ...(janus !== undefined && { janus }),
});

const pss = (when: keyof (typeof slopes)[number]['pssMiB']) =>
  medianOf(slopes, ({ pssMiB }) => pssMiB[when]).toFixed(0);

process.stdout.write(`${process.platform}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}; medians of ${runs} run(s).
Clients, gateway and bridge share the machine. PCMU, SIP over UDP, one gateway.

${renderTable([
  dial('wish to call → message sent (the page makes its offer)', ({ wishToMessageMs }) => wishToMessageMs),
  dial('dial → INVITE on the wire', ({ dialToInviteMs }) => dialToInviteMs),
  dial('dial → ringing at the client', ({ dialToRingingMs }) => dialToRingingMs, 8.8),
  dial('dial → first audio at the browser (answered at once)', ({ dialToFirstAudioMs }) => dialToFirstAudioMs, 52),
  dial('answer → browser hears, answered at once', ({ answerToBrowserHearsMs }) => answerToBrowserHearsMs),
  dial('answer → gateway hears, answered at once', ({ answerToGatewayHearsMs }) => answerToGatewayHearsMs),
  dial(
    'answer → browser hears, after 200 ms of ringing',
    ({ rungAnswerToBrowserHearsMs }) => rungAnswerToBrowserHearsMs,
  ),
  dial(
    'answer → gateway hears, after 200 ms of ringing',
    ({ rungAnswerToGatewayHearsMs }) => rungAnswerToGatewayHearsMs,
  ),
  {
    what: 'relay delay towards SIP',
    value: medianOf(delays, ({ towardsSipMs }) => towardsSipMs),
    unit: 'ms',
    janus: 0.24,
  },
  { what: 'relay delay back', value: medianOf(delays, ({ backMs }) => backMs), unit: 'ms', janus: 0.1 },
  {
    what: 'CPU per call-second, all processes',
    value: medianOf(slopes, ({ cpuMsPerCallSecond }) => cpuMsPerCallSecond),
    unit: 'ms',
    janus: 7.3,
  },
  {
    what: '— of it in the bridge’s own process',
    value: medianOf(slopes, ({ cpuMsOfBridgeProcess }) => cpuMsOfBridgeProcess),
    unit: 'ms',
  },
  { what: '— of it in the media workers', value: medianOf(slopes, ({ cpuMsOfWorkers }) => cpuMsOfWorkers), unit: 'ms' },
  {
    what: 'memory per call, warm process (PSS)',
    value: medianOf(slopes, ({ pssKiBPerCall }) => pssKiBPerCall),
    unit: 'KiB',
    janus: 387,
  },
  {
    what: '— of it in the media workers',
    value: medianOf(slopes, ({ pssKiBPerCallInWorkers }) => pssKiBPerCallInWorkers),
    unit: 'KiB',
  },
  {
    what: 'memory per call, warm process (RSS)',
    value: medianOf(slopes, ({ rssKiBPerCall }) => rssKiBPerCall),
    unit: 'KiB',
  },
  { what: 'CPU to set up and end a call of a browser', value: median(costs), unit: 'ms', janus: 14 },
  {
    what: 'full calls per second, sustained (no ICE and DTLS)',
    value: medianOf(rates, ({ callsPerSecond }) => callsPerSecond),
    unit: '/s',
    janus: 30,
    isMoreBetter: true,
  },
  { what: 'CPU per such call', value: medianOf(rates, ({ cpuMsPerCall }) => cpuMsPerCall), unit: 'ms' },
])}

Memory and CPU per call are slopes over 1, 10 and ${mostCalls} calls, taken after ${warmUpCalls} calls one after another: what a call adds, not what
V8's heap grows to first. In all (PSS): ${pss('fresh')} MiB before the first call, ${pss('warm')} MiB after the warm-up, ${pss('full')} MiB with ${mostCalls} calls up.
Calls that failed among those per second: ${rates.reduce((total, { failed }) => total + failed, 0)}.
`);
