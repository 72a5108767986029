import { BenchSetting } from './BenchSetting.ts';
import { measureLeaks } from './measureLeaks.ts';

/** `npm run bench -- leaks`: what stays of calls once they are over. `--quick` makes fewer of them. */
const totals = process.argv.includes('--quick') ? [200, 400] : [500, 1000, 2000, 4000];

const setting = await BenchSetting.create({ isInspected: true });
try {
  const steps = await measureLeaks(setting, totals);
  const rows = steps.map(({ calls, stillHeld, udpSockets, openFiles, heapBytes, pssKiB }, index) => {
    const before = steps[index - 1];
    const perCall = before ? `${Math.round((heapBytes - before.heapBytes) / (calls - before.calls))} bytes` : '';
    const held = stillHeld || 'nothing';
    const sizes = `${(heapBytes / 1e6).toFixed(2)} MB | ${perCall} | ${(pssKiB / 1024).toFixed(0)} MiB`;
    return `| ${calls} | ${held} | ${udpSockets} | ${openFiles} | ${sizes} |`;
  });
  process.stdout.write(`What the bridge has at rest after so many calls that were answered and hung up:

| calls | held for them | UDP sockets | open files | heap | — more per call | memory (PSS) |
| ---: | --- | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
`);
} finally {
  await setting.close();
}
