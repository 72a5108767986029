import { readdir, readFile } from 'node:fs/promises';
import { say, withProgress } from './progress.mjs';
import { canRun, runCommand } from './runCommand.mjs';
import { SetUpError } from './SetUpError.mjs';
import { withServicesAtRest } from './withServicesAtRest.mjs';

const aptOptions = [
  '-y',
  '--no-install-recommends',
  '-o',
  'Dpkg::Use-Pty=0',
  // Another apt (a fresh machine's own updates) may be at work.
  '-o',
  'DPkg::Lock::Timeout=300',
];

/**
 * Sees to it that everything in `needs` is there: installs what is missing where it can (Debian and its relatives, as
 * root), and otherwise says what is missing and how to get it.
 *
 * @param {import('./systemNeeds.mjs').Need[]} needs
 * @param {string} purpose what they are for, to follow "To"
 */
export async function ensureSystemPackages(needs, purpose) {
  const missing = await listMissing(needs);
  if (missing.length === 0) return;
  const isDebian = await canRun('apt-get');
  if (!isDebian || process.getuid?.() !== 0) {
    throw new SetUpError(describeMissing({ missing, purpose, system: await describeSystem(isDebian) }));
  }
  await installDebianPackages(missing.map(({ debian }) => debian));
  const still = await listMissing(missing);
  if (still.length > 0) {
    throw new SetUpError(
      `Debian's packages ${still.map(({ debian }) => debian).join(', ')} are installed, but ${names(still)} can't be found.`,
    );
  }
}

async function listMissing(needs) {
  const isThere = await Promise.all(needs.map((one) => one.isThere()));
  return needs.filter((_, index) => !isThere[index]);
}

async function installDebianPackages(candidates) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const { output } = await runCommand('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...candidates]);
  const packages = selectMissingPackages(candidates, output);
  await withProgress(`Installing from Debian: ${packages.join(' ')}`, async (report) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (args) => runCommand('apt-get', args, { env, onLine: (line) => report(line.slice(0, 60)) });
    const update = () => apt(['update', '-q']);
    if (!(await hasPackageLists())) await update();
    const install = () => withServicesAtRest(() => apt(['install', ...aptOptions, ...packages]));
    let result = await install();
    if (result.code !== 0) {
      // The lists may be older than what the archive still holds.
      await update();
      result = await install();
    }
    if (result.code !== 0) {
      const ending = result.output.split('\n').slice(-15).join('\n');
      throw new SetUpError(`apt-get couldn't install ${packages.join(' ')}. Its last words:\n${ending}`);
    }
  });
}

/**
 * Those of `candidates` that `dpkg-query -W -f '${Package} ${db:Status-Status}\n'` doesn't call installed; all of them
 * when it calls all installed (then something is wrong that apt may know about).
 *
 * @param {string[]} candidates
 * @param {string} dpkgOutput lines of "name status"; names that dpkg has never heard of give another sort of line
 */
export function selectMissingPackages(candidates, dpkgOutput) {
  const installed = new Set(
    dpkgOutput
      .split('\n')
      .map((line) => line.trim().split(' '))
      .filter(([, status]) => status === 'installed')
      .map(([name]) => name),
  );
  const missing = [...new Set(candidates)].filter((name) => !installed.has(name));
  return missing.length > 0 ? missing : [...new Set(candidates)];
}

async function hasPackageLists() {
  const entries = await readdir('/var/lib/apt/lists').catch(() => []);
  return entries.some((name) => /_Packages(\.|$)/.test(name));
}

/**
 * @param {{ missing: import('./systemNeeds.mjs').Need[], purpose: string,
 *           system: 'debian' | 'fedora' | 'arch' | 'brew' | 'other' }} options
 */
export function describeMissing({ missing, purpose, system }) {
  const list = (key) => [...new Set(missing.map((one) => one[key]))].join(' ');
  const commands = {
    debian: `As root: apt-get update && apt-get install ${list('debian')}`,
    fedora: `As root: dnf install ${list('fedora')}`,
    arch: `As root: pacman -S ${list('arch')}`,
    brew: `With Homebrew: brew install ${list('brew')}`,
    other: `On Debian they are the packages ${list('debian')}.`,
  };
  const browser = missing.some(({ what }) => what === 'Chromium')
    ? ['For Chromium there is also: npx playwright install chromium']
    : [];
  return [`To ${purpose}, this machine lacks ${names(missing)}.`, commands[system], ...browser].join('\n');
}

function names(needs) {
  return needs.map(({ what }) => what).join(', ');
}

async function describeSystem(isDebian) {
  if (isDebian) return 'debian';
  if (process.platform === 'darwin') return 'brew';
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const ids = [...release.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)/gm)].map(([, id]) => id).join(' ');
  if (/fedora|rhel|centos/.test(ids)) return 'fedora';
  if (/arch/.test(ids)) return 'arch';
  say(`  (This system calls itself "${ids || process.platform}".)`);
  return 'other';
}
