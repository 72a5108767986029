import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { CallServerId } from '../../shared/domain/index.ts';
import type { AckData, Brand } from '../../shared/protocol/index.ts';
import type { CallServer } from '../call-server/index.ts';
import type { AccessTokens, Brands, PageOrigins, Revocations, VerifiedAccess } from '../front-end-server/index.ts';
import type { Clock, Logger } from '../observability/index.ts';

export interface ClientGatewayDeps {
  /** Gets `/socket.io/`; stays open when the gateway closes. */
  readonly httpServer: HttpServer | HttpsServer;
  readonly callServer: CallServer;
  readonly accessTokens: Pick<AccessTokens, 'verify'>;
  readonly revocations: Pick<Revocations, 'look' | 'events'>;
  readonly brands: Pick<Brands, 'get'>;
  readonly pageOrigins: Pick<PageOrigins, 'isKnown' | 'fits'>;
  /** Caller IDs that somebody may choose from under a brand, the usual one first. */
  readonly callerNumbersOf: (access: VerifiedAccess, brand: Brand) => Promise<readonly string[]>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface ClientGatewayOptions {
  readonly callServerId: CallServerId;
  /** STUN and TURN servers that clients are told. Default none: the relay is reachable. */
  readonly iceServers?: AckData<'session:hello'>['iceServers'];
  /** Told to clients: how long a call is held for a lost one, in milliseconds. */
  readonly reconnectWindowMs: number;
  /** Whether an origin besides the one that was asked for is our own (`https://phone.example.com`). Default: none. */
  readonly isOwnOrigin?: (origin: string) => boolean;
  /** Believe `X-Forwarded-For` and `X-Forwarded-Host` of the machine that connects. Default no. */
  readonly trustProxy?: boolean;
  /** Messages of one connection: at once, and per second over time. Default 100 and 50. */
  readonly rate?: { readonly burst: number; readonly perSecond: number };
  /** How often a client is asked whether it lives, and how long it has to answer, in milliseconds. Default 10000 and 8000. */
  readonly heartbeat?: { readonly intervalMs: number; readonly timeoutMs: number };
}

/** How long a connection may stay without `session:hello`, in milliseconds. */
export const helloTimeoutMs = 10_000;

/** `session:expiring` is sent so long before the end, or half-way where the token lives shorter than twice this, in milliseconds. */
export const expiryNoticeMs = 60_000;

/** The largest message: an SDP of 20,000 characters with its escapes, or 50 candidates. In bytes. */
export const maxMessageBytes = 100_000;
