import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import type { Config } from './config/index.ts';
import type { Clock, Logger } from './observability/index.ts';
import { createJsSipStack } from './sip-stack/index.ts';

/** The SIP stack as the configuration wants it. Rejects when an address can't be bound. */
export function composeSip({ config, clock, logger }: { config: Config['sip']; clock: Clock; logger: Logger }) {
  return createJsSipStack(
    { clock, logger: logger.child({ room: 'sip-stack' }), randomBytes, lookup },
    {
      listen: config.listen,
      userAgent: 'Dialbridge',
      dnsServers: config.dnsServers,
      ...(config.announcedHost !== null && { announcedHost: config.announcedHost }),
    },
  );
}
