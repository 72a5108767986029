import type { Gateway, GatewayStatusView } from '../../../../shared/admin/index.ts';
import type { CallId, GatewayId } from '../../../../shared/domain/index.ts';
import type { MediaRelay } from '../../../media-relay/index.ts';
import type { Clock, Logger } from '../../../observability/index.ts';
import type { ProxyServer } from '../../../proxy-server/index.ts';
import type { SipPeer, SipStack } from '../../../sip-stack/index.ts';
import type { TestRun } from '../TestRun.ts';

export interface TestTools {
  readonly sip: Pick<SipStack, 'locate' | 'probe' | 'invite'>;
  readonly relay: Pick<MediaRelay, 'createSession'>;
  readonly proxyServer: Pick<ProxyServer, 'claim' | 'release'>;
  /** How the registration with a gateway is; null where none is kept up. */
  readonly registrationOf: (id: GatewayId) => Promise<GatewayStatusView['registration']>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What the steps of a test work with. */
export interface TestContext extends TestTools {
  readonly run: TestRun;
  readonly gateway: Gateway;
  readonly peer: SipPeer;
  readonly callId: CallId;
  /** Caller ID where the gateway has none of its own; null: none. */
  readonly usualCallerNumber: string | null;
  /** From now on the messages of this call belong to the test. */
  readonly follow: (sipCallId: string) => void;
}
