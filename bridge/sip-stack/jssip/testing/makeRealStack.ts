import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { type Logger, systemClock } from '../../../observability/index.ts';
import { createJsSipStack } from '../createJsSipStack.ts';
import type { JsSipStack } from '../JsSipStack.ts';

const LOGGER: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => LOGGER };

/** A stack on loopback in real time, for peers that others wrote. */
export function makeRealStack(): Promise<JsSipStack> {
  return createJsSipStack(
    { clock: systemClock, logger: LOGGER, randomBytes, lookup },
    {
      listen: [
        { transport: 'udp', host: '127.0.0.1', port: 0 },
        { transport: 'tcp', host: '127.0.0.1', port: 0 },
      ],
      userAgent: 'Dialbridge',
    },
  );
}
