import { randomUUID } from 'node:crypto';
import type { GatewayTest } from '../shared/admin/index.ts';
import { GatewayTester } from './call-server/gateway-test/index.ts';
import type { Config } from './config/index.ts';
import type { MediaRelay } from './media-relay/index.ts';
import type { Clock, Logger } from './observability/index.ts';
import type { ProxyServer } from './proxy-server/index.ts';
import type { SipStack } from './sip-stack/index.ts';
import type { Storage } from './storage/index.ts';

/** What tries gateways out for operators. Closing calls off the tests that run. */
export function composeGatewayTests(deps: {
  readonly config: Pick<Config, 'calls'>;
  readonly storage: Pick<Storage, 'openTransientCollection'>;
  readonly sip: SipStack;
  readonly relay: MediaRelay;
  readonly proxyServer: ProxyServer;
  readonly clock: Clock;
  readonly logger: Logger;
}): GatewayTester {
  const { config, storage, sip, relay, proxyServer, clock, logger } = deps;
  return new GatewayTester(
    {
      sip,
      relay,
      proxyServer,
      registrationOf: async (id) => (await proxyServer.statusOf(id))?.registration ?? null,
      tests: storage.openTransientCollection<GatewayTest>('gateway-tests'),
      newId: randomUUID,
      clock,
      logger: logger.child({ room: 'gateway-test' }),
    },
    { callerNumber: config.calls.callerNumber },
  );
}
