import type { MediaRelay } from '../../../media-relay/index.ts';
import type { Clock, Logger } from '../../../observability/index.ts';
import type { ProxyServer } from '../../../proxy-server/index.ts';
import type { SipStack } from '../../../sip-stack/index.ts';
import type { CallAuthorizer, CallLimits } from '../../call-director/index.ts';
import type { Callees } from '../people/Callees.ts';

export interface ForwardDeps {
  readonly sip: Pick<SipStack, 'invite' | 'locate' | 'noteFailure'>;
  readonly relay: Pick<MediaRelay, 'createTrunkSession' | 'codecsIn'>;
  readonly authorizer: Pick<CallAuthorizer, 'authorize'>;
  readonly limits: Pick<CallLimits, 'admit'>;
  readonly proxyServer: Pick<ProxyServer, 'select' | 'claim' | 'release' | 'report'>;
  readonly callees: Pick<Callees, 'account'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface ForwardOptions {
  /** How long a gateway may say nothing at all, and how long one that said 100; where it has no times of its own. */
  readonly firstResponseTimeoutMs: number;
  readonly progressTimeoutMs: number;
  /** Caller ID where nobody has one; null: the gateway's user name. */
  readonly callerNumber: string | null;
}
