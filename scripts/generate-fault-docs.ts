// Writes the table of faults into docs/FAULTS.md from that which drives their tests. With `--check`: says whether it is current
// and changes nothing. Either way every test that a row names must be there.
import { readFile, writeFile } from 'node:fs/promises';
import { type Fault, faults, faultsWithTest } from '../e2e/faults/faultTable.ts';

const root = new URL('../', import.meta.url);
const file = new URL('docs/FAULTS.md', root);

const withTest = new Set<string>(faultsWithTest.map(({ id }) => id));
const testsOf = ({ id, shownBy }: Fault): string =>
  [
    ...(withTest.has(id) ? [`[faults](../e2e/specs/survival/faults.spec.ts): \`${id}\``] : []),
    ...shownBy.map(({ file: path }) => `[${path.replace(/^.*\//, '').replace(/\.(spec|test)\.ts$/, '')}](../${path})`),
  ].join(', ');
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const wanted = [
  '# Faults',
  '',
  'What goes wrong in a call, and what each side notices. Written from `e2e/faults/faultTable.ts` by `npm run docs:faults`; the tests of the',
  'last column are run by `npm test`, and `npm run docs:check` fails where one is missing.',
  '',
  row(['fault', 'when', 'what the person sees', 'what the gateway sees', 'what the record says', 'tests']),
  row(['---', '---', '---', '---', '---', '---']),
  ...faults.map((fault) => row([fault.fault, fault.when, fault.person, fault.gateway, fault.record, testsOf(fault)])),
  '',
].join('\n');

for (const { id, shownBy } of faults) {
  if (shownBy.length === 0 && !withTest.has(id)) throw new Error(`No test shows the fault ${id}.`);
  for (const { file: path, test } of shownBy) {
    const text = await readFile(new URL(path, root), 'utf8');
    if (!text.includes(`'${test}'`)) throw new Error(`${path} has no test "${test}", which shows the fault ${id}.`);
  }
}

const present = await readFile(file, 'utf8').catch(() => '');
if (wanted === present) console.log('docs/FAULTS.md is current.');
else if (process.argv.includes('--check')) {
  console.error('docs/FAULTS.md is out of date: run npm run docs:faults');
  process.exitCode = 1;
} else {
  await writeFile(file, wanted);
  console.log('docs/FAULTS.md was written.');
}
