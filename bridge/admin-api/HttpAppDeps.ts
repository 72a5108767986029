import type { CallId, ContactId, UserId } from '../../shared/domain/index.ts';
import type {
  Contact,
  ContactDraft,
  HistoryDetail,
  HistoryPage,
  MissedCallsView,
} from '../../shared/protocol/index.ts';
import type { Actors, Administration } from '../administration/index.ts';
import type { AccessTokens, BookOwner, BrandAssets, Brands, PageOrigins, Sessions } from '../front-end-server/index.ts';
import type { Logger } from '../observability/index.ts';
import type { MetricsSource } from './metricsRouter.ts';

/** A person's calls, newest first. */
export interface HistoryReader {
  page(userId: UserId, options: { before?: string; limit: number }): Promise<HistoryPage>;
  /** Undefined when there is no such call of this user. */
  detail(userId: UserId, callId: CallId): Promise<HistoryDetail | undefined>;
  /** The person has seen the calls that ended until then. */
  markSeen(userId: UserId, untilMs: number): Promise<MissedCallsView>;
}

/** A person's address book. */
export interface ContactBook {
  list(owner: BookOwner): Promise<readonly Contact[]>;
  add(owner: BookOwner, draft: ContactDraft): Promise<Contact>;
  edit(owner: BookOwner, contactId: ContactId, draft: ContactDraft, revision: number): Promise<Contact>;
  delete(owner: BookOwner, contactId: ContactId, revision?: number): Promise<void>;
}

/** What `/readyz` says: the bridge is ready when every check is. */
export interface Readiness {
  /** By name of the part (`mediaRelay`, `storage`, ...): true, or what is wrong in a few words that tell no secret. */
  readonly checks: Readonly<Record<string, true | string>>;
}

/** Origin under which people reach the bridge behind a reverse proxy (`https://phone.example.com`), or which it is for a host name. */
export type PublicOrigin = string | ((hostname: string) => string);

export interface HttpAppDeps {
  readonly sessions: Pick<Sessions, 'signIn' | 'refresh' | 'signOut' | 'signOutGuest' | 'signOutEverywhere'>;
  readonly accessTokens: Pick<AccessTokens, 'verify'>;
  readonly brands: Pick<Brands, 'forHost' | 'get' | 'has'>;
  readonly brandAssets: Pick<BrandAssets, 'get'>;
  /** Pages of other sites that may sign people in by a key. */
  readonly pageOrigins: Pick<PageOrigins, 'isKnown'>;
  /** What somebody who is signed in may do in the administration. */
  readonly actors: Pick<Actors, 'of'>;
  readonly administration: Administration;
  readonly contacts: ContactBook;
  readonly history: HistoryReader;
  readonly readiness: () => Readiness | Promise<Readiness>;
  /** What the bridge holds right now, by room: calls, ports, transports, timers. For operators only. */
  readonly holdings: () => Promise<Readonly<Record<string, unknown>>>;
  readonly metrics: MetricsSource;
  /** Of Dialbridge, for the description of the API: `0.1.0`. */
  readonly version: string;
  readonly logger: Logger;
  readonly randomBytes: (size: number) => Uint8Array;
  /** Folder of the built client. A page that says how to build it is shown when there is none. */
  readonly clientDir: string;
  /** Null: people come by the origin that they ask for. */
  readonly publicOrigin: PublicOrigin | null;
  /** Believe `X-Forwarded-For`, `-Proto` and `-Host` of the machine that connects. */
  readonly trustProxy: boolean;
}
