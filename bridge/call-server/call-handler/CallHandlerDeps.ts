import type { CallId } from '../../../shared/domain/index.ts';
import type { DtmfOptions, MediaRelay } from '../../media-relay/index.ts';
import type { Clock, Logger } from '../../observability/index.ts';
import type { GatewaySelection, ProxyServer } from '../../proxy-server/index.ts';
import type { IncomingReferral, SipStack } from '../../sip-stack/index.ts';
import type { CallClient } from '../CallServer.ts';
import type { CallLogger } from '../call-logger/index.ts';
import type { CallWatcher } from './CallWatcher.ts';
import type { PassedDial } from './in-call/index.ts';

export interface CallHandlerDeps {
  readonly sip: Pick<SipStack, 'invite' | 'locate' | 'noteFailure'>;
  readonly proxyServer: Pick<ProxyServer, 'claim' | 'release' | 'report'>;
  readonly relay: Pick<MediaRelay, 'createSession' | 'join'>;
  readonly log: Pick<CallLogger, 'event' | 'progressed' | 'ended'>;
  /** Look on at every call. */
  readonly watchers?: readonly CallWatcher[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The same for every call. */
export interface CallHandlerOptions {
  /** From the first 18x to the answer. */
  readonly ringTimeoutMs: number;
  /** How long a gateway may say nothing at all to an INVITE; this and the next two where it has no time of its own. */
  readonly firstResponseTimeoutMs: number;
  readonly progressTimeoutMs: number;
  readonly reconnectWindowMs: number;
  /** How long browser and gateway may take to connect with each other where the audio goes direct, from the gateway's answer on. */
  readonly directConnectMs: number;
  /** From the answer on; a call may have a smaller one of its own. */
  readonly maxDurationMs: number;
  readonly dtmf: DtmfOptions;
  /** Number shown to the called party where neither the call nor its gateway has one; null: the gateway's user name or the caller's. */
  readonly callerNumber: string | null;
}

/** One call that may be made. */
export interface CallRequest {
  readonly callId: CallId;
  readonly client: CallClient;
  /** E.164, or the digits of an emergency number. */
  readonly calledNumber: string;
  readonly calledName: string | null;
  /** Caller ID of this call; null: the gateway's own. */
  readonly callerNumber: string | null;
  /** The called party shall not see who calls (RFC 3323). */
  readonly isNumberWithheld: boolean;
  /** From the answer on, where this call may last shorter than others; null: as long as any. */
  readonly maxDurationMs: number | null;
  /** The next gateway is tried whatever one says, and none is passed over. */
  readonly isEmergency: boolean;
  readonly selection: GatewaySelection;
  readonly requestedAtMs: number;
  /** It is made for the other party of another call; absent: for the person at the client. */
  readonly passedOn?: PassedDial;
}

/** Why nobody in the call ends it, but the bridge. */
export type ForcedEnd = 'goingAway' | 'endedByOperator';

export interface CallHandlerEvents {
  /** The two can talk, from this time on (milliseconds since the epoch). At most once. */
  answered: [atMs: number];
  /** The call is over: nobody has talked in it from this time on. Exactly once, before `closed`. */
  ended: [atMs: number];
  /** The gateway asks us to call somebody else in its stead; refused where nobody listens. */
  referred: [IncomingReferral];
  /** The person has passed it on: it is none of a device's any more, and goes on. At most once. */
  left: [];
  /** Terminal, exactly once: the call holds nothing any more. */
  closed: [];
}
