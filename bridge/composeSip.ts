import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import type { Config } from './config/index.ts';
import type { Clock, Logger } from './observability/index.ts';
import { createJsSipStack, findPairProblem } from './sip-stack/index.ts';

interface SipDeps {
  readonly config: Config['sip'];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The SIP stack as the configuration wants it. Rejects with a sentence when an address can't be bound or a file can't be used. */
export async function composeSip({ config, clock, logger }: SipDeps) {
  return createJsSipStack(
    { clock, logger: logger.child({ room: 'sip-stack' }), randomBytes, lookup },
    {
      listen: config.listen,
      userAgent: 'Dialbridge',
      dnsServers: config.dnsServers,
      strangers: config.strangers,
      ...(config.announcedHost !== null && { announcedHost: config.announcedHost }),
      ...(config.tls !== undefined && { tls: await readPair(config.tls) }),
    },
  );
}

/** Read and tried at the start: whoever names files wants to know now that they can't be used. */
export async function readPair({ certFile, keyFile }: { certFile: string; keyFile: string }) {
  const [certificate, privateKey] = await Promise.all([read('certFile', certFile), read('keyFile', keyFile)]);
  const problem = findPairProblem({ certificate, privateKey });
  if (problem !== null) throw new Error(`sip.tls: ${problem}`);
  return { certificate, privateKey };
}

async function read(key: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'does not exist' : `can’t be read (${code})`;
    throw new Error(`sip.tls.${key}: the file ${file} ${what}`, { cause: error });
  }
}
