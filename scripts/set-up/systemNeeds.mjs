import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { canRun, runCommand } from './runCommand.mjs';

/**
 * What set-up needs from the operating system. A need is about the thing itself (`isThere`), not about a package, so
 * that whoever has it from elsewhere isn't bothered; the package names say how to get it.
 *
 * @typedef {{ what: string, isThere: () => Promise<boolean>, debian: string, fedora: string, arch: string, brew: string }} Need
 */

/** To build the mediasoup worker (scripts/mediasoup-worker). @type {Need[]} */
export const workerBuildNeeds = [
  need('meson', () => isOnPath('meson'), 'meson'),
  need('ninja', () => isOnPath('ninja'), 'ninja-build', { fedora: 'ninja-build', arch: 'ninja', brew: 'ninja' }),
  need('pkg-config', () => isOnPath('pkg-config'), 'pkg-config', {
    fedora: 'pkgconf-pkg-config',
    arch: 'pkgconf',
    brew: 'pkgconf',
  }),
  need('a C++ compiler', () => isOnPath('c++'), 'g++', { fedora: 'gcc-c++', arch: 'gcc', brew: 'llvm' }),
  need('flatc', () => isOnPath('flatc'), 'flatbuffers-compiler', sameEverywhere('flatbuffers')),
  need('the flatbuffers headers', hasFlatbuffersHeaders, 'libflatbuffers-dev', {
    ...sameEverywhere('flatbuffers'),
    fedora: 'flatbuffers-devel',
  }),
  need('libuv', () => hasLibrary('libuv'), 'libuv1-dev', { fedora: 'libuv-devel', arch: 'libuv', brew: 'libuv' }),
  need('OpenSSL 3', () => hasLibrary('openssl >= 3.0.0'), 'libssl-dev', {
    fedora: 'openssl-devel',
    arch: 'openssl',
    brew: 'openssl@3',
  }),
  need('libsrtp 2.5', () => hasLibrary('libsrtp2 >= 2.5.0'), 'libsrtp2-dev', {
    fedora: 'libsrtp-devel',
    arch: 'libsrtp',
    brew: 'srtp',
  }),
];

/**
 * For the end-to-end tests: a browser, SIP peers, a DNS server and certificates for them, and something to measure sound with.
 * @type {Need[]}
 */
export const testNeeds = [
  need('Chromium', hasChromium, 'chromium'),
  need('Firefox', () => isOnPath('firefox-esr'), 'firefox-esr', sameEverywhere('firefox')),
  need('a font', hasFont, 'fonts-liberation', {
    fedora: 'liberation-fonts',
    arch: 'ttf-liberation',
    brew: 'font-liberation',
  }),
  need('baresip', () => isOnPath('baresip'), 'baresip-core', sameEverywhere('baresip')),
  need('SIPp', () => isOnPath('sipp'), 'sip-tester', sameEverywhere('sipp')),
  need('SoX', () => isOnPath('sox'), 'sox'),
  need('Kamailio', () => isOnPath('kamailio'), 'kamailio'),
  need('Kamailio’s TLS module', () => hasKamailioModule('tls.so'), 'kamailio-tls-modules', {
    ...sameEverywhere('kamailio'),
    fedora: 'kamailio-tls',
  }),
  // Debian's package `dnsmasq` is this one and a service, which nobody here wants.
  need('dnsmasq', () => isOnPath('dnsmasq'), 'dnsmasq-base', sameEverywhere('dnsmasq')),
  need('the openssl command', () => isOnPath('openssl'), 'openssl', {
    fedora: 'openssl',
    arch: 'openssl',
    brew: 'openssl@3',
  }),
];

function need(what, isThere, debian, others = sameEverywhere(debian)) {
  return { what, isThere, debian, ...others };
}

function sameEverywhere(name) {
  return { fedora: name, arch: name, brew: name };
}

/** Servers are kept where only an administrator's PATH leads. */
const serverFolders = ['/usr/sbin', '/usr/local/sbin'];

async function isOnPath(command) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...serverFolders];
  return isInOneOf(folders, command, constants.X_OK);
}

/** Debian has a folder per architecture. */
async function hasKamailioModule(file) {
  const libraries = ['/usr/lib', '/usr/lib64', '/usr/local/lib', '/usr/local/lib64', '/opt/homebrew/lib'];
  const perArchitecture = await readdir('/usr/lib').catch(() => []);
  const folders = [...libraries, ...perArchitecture.map((name) => join('/usr/lib', name))];
  return isInOneOf(
    folders.map((folder) => join(folder, 'kamailio', 'modules')),
    file,
    constants.R_OK,
  );
}

async function isInOneOf(folders, file, mode) {
  for (const folder of folders) {
    try {
      await access(join(folder, file), mode);
      return true;
    } catch {
      // Not in this one.
    }
  }
  return false;
}

function hasLibrary(condition) {
  return canRun('pkg-config', ['--exists', condition]);
}

/** Asked of the compiler, which is what will have to find them; Debian has no pkg-config file for flatbuffers. */
function hasFlatbuffersHeaders() {
  return canRun('c++', ['-fsyntax-only', '-x', 'c++', '-include', 'flatbuffers/flatbuffers.h', '/dev/null']);
}

/** Debian's own, or the one that `npx playwright install chromium` fetches. */
async function hasChromium() {
  if (await isOnPath('chromium')) return true;
  try {
    const { chromium } = await import('playwright');
    await access(chromium.executablePath(), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function hasFont() {
  if (process.platform === 'darwin') return true;
  try {
    return (await runCommand('fc-list', [])).output.length > 0;
  } catch {
    return false;
  }
}
