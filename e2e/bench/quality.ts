import { Bridge, bridgeConfig, launchBrowser } from '../fixtures/index.ts';
import { EchoGateway } from './quality/EchoGateway.ts';
import { measureRepairs, type RepairFigures, type RepairPlan } from './quality/measureRepairs.ts';
import { measureTelling } from './quality/measureTelling.ts';
import { median } from './statistics.ts';

/**
 * `npm run bench -- quality`: what NACK and FEC do for speech where 5 % of the packets are lost and each is up to 40 ms late, and how soon
 * people are told that nothing is heard. `--quick` looks briefly.
 */
const isQuick = process.argv.includes('--quick');
const numbers = { opus: '+12025550130', PCMU: '+12025550131' } as const;

const none = { hasNack: false, hasFec: false } as const;
const nack = { hasNack: true, hasFec: false } as const;
const fec = { hasNack: false, hasFec: true } as const;
const both = { hasNack: true, hasFec: true } as const;
const rounds: readonly (readonly RepairPlan[])[] = [
  [
    { codec: 'opus', way: null, ...both },
    { codec: 'opus', way: 'down', ...none },
    { codec: 'opus', way: 'down', ...nack },
    { codec: 'PCMU', way: 'up', ...none },
    { codec: 'PCMU', way: 'up', ...nack },
  ],
  [none, nack, fec, both].map((repairs) => ({ codec: 'opus', way: 'up', ...repairs }) as const),
];

const [opus, pcmu] = [await EchoGateway.create('opus'), await EchoGateway.create('PCMU')];
const common = { host: '127.0.0.1', transport: 'udp' };
const bridge = await Bridge.start(
  bridgeConfig([
    { ...common, id: 'opus', port: opus.port, codecs: ['opus'], prefixes: [numbers.opus] },
    { ...common, id: 'pcmu', port: pcmu.port, codecs: ['PCMU'], prefixes: [numbers.PCMU] },
  ]),
);
const browser = await launchBrowser();
try {
  const { url } = bridge;
  const figures: RepairFigures[] = [];
  for (const plans of rounds)
    figures.push(...(await measureRepairs(browser, plans, { url, numbers, ms: isQuick ? 5_000 : 30_000 })));
  process.stdout.write(`5 % of the packets lost and each up to 40 ms late, one way only, ${isQuick ? 5 : 30} s each, Chromium:

| way | codec | repairs | packets that never came | restored by FEC | made up | of what it is without repairs | buffer | MOS | — without repairs |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${figures
  .map((row) =>
    renderRow(
      row,
      figures.find(({ codec, way, hasNack, hasFec }) => codec === row.codec && way === row.way && !hasNack && !hasFec),
    ),
  )
  .join('\n')}
`);
  const calls = isQuick ? 1 : 5;
  const tellings = await measureTelling(browser, { gateway: pcmu, url, number: numbers.PCMU, calls });
  process.stdout.write(`
From the last packet or sound until the person is told, ${calls} call(s) at the same time:

| | median | longest | wanted |
| --- | ---: | ---: | ---: |
${tellings.map(({ what, tookMs }) => `| ${what} | ${Math.round(median(tookMs))} ms | ${Math.max(...tookMs)} ms | 5000 ms |`).join('\n')}
`);
} finally {
  await browser.close();
  await bridge.close();
  opus.close();
  pcmu.close();
}

function renderRow(row: RepairFigures, without: RepairFigures | undefined): string {
  const repairs = [row.hasNack && 'NACK', row.hasFec && 'FEC'].filter(Boolean).join(' and ') || 'none';
  const isCompared = without !== undefined && without !== row;
  const cells = [
    ...[row.way ?? 'good network', row.codec, repairs],
    `${row.missingPercent.toFixed(1)} %`,
    `${row.restoredPercent.toFixed(1)} %`,
    `${row.madeUpPercent.toFixed(1)} %`,
    isCompared ? `${(row.madeUpPercent / without.madeUpPercent).toFixed(2)} ×` : '',
    `${Math.round(row.bufferMs)} ms`,
    row.mos.toFixed(2),
    isCompared ? without.mos.toFixed(2) : '',
  ];
  return `| ${cells.join(' | ')} |`;
}
