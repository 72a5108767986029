import { randomBytes } from 'node:crypto';
import type { CallId, ContactId, EmbedKeyId, UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import {
  type Brand,
  brandSchema,
  type Contact,
  type HistoryDetail,
  type SessionGrant,
} from '../../../shared/protocol/index.ts';
import { activeCall } from '../../administration/testing/activeCall.ts';
import { administrationFixture } from '../../administration/testing/administrationFixture.ts';
import type { BookOwner, VerifiedAccess } from '../../front-end-server/index.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import type { HttpAppDeps } from '../HttpAppDeps.ts';

export const brand = brandSchema.parse({ id: 'default', name: 'Dialbridge', defaultCountry: 'DE', language: 'en' });
export const user = { id: 'u1' as UserId, userName: 'alice', displayName: 'Alice', role: 'user' as const };
const access: VerifiedAccess = {
  user,
  brandId: brand.id,
  entry: { kind: 'account' },
  familyId: 'f1',
  issuedAtMs: 1,
  expiresAtMs: 9e12,
};
const visit = { kind: 'embedKey' as const, embedKeyId: 'pk_shop-1234' as EmbedKeyId, origin: 'https://shop.example' };
export const grant: SessionGrant = {
  accessToken: 'good-access-token',
  expiresAtMs: 9e12,
  user,
  brand,
  callServer: { id: 'main' as SessionGrant['callServer']['id'], url: 'http://127.0.0.1:8080' },
};
/** A page of another site that some key is for. */
export const hostPage = 'https://shop.example';
export const bearer = 'Bearer good-access-token';
export const draft = { name: 'Bob', numbers: [{ number: '030 123456', label: 'work' }] };

/** Services behind the door, as far as the door can tell; what they were asked is written down. */
export class FakeServices {
  asked: unknown[] = [];
  checks: Record<string, true | string> = { storage: true };
  failure: unknown;
  /** Of the signed-in person. */
  brand: Brand = brand;
  readonly assets = new Map<string, { contentType: 'image/svg+xml'; bytes: Buffer }>();
  readonly logger = new RecordingLogger();
  readonly fixture = administrationFixture();

  constructor() {
    for (const brandId of ['red', 'blue'])
      void this.fixture.activeCalls.add(activeCall({ id: `${brandId}-live`, brandId }));
  }

  #answer<Answer>(question: unknown, answer: Answer): Answer {
    this.asked.push(question);
    if (this.failure !== undefined) throw this.failure;
    return answer;
  }

  deps(clientDir: string, more: Partial<HttpAppDeps> = {}): HttpAppDeps {
    const started = { grant, refresh: { token: 'family.secret', expiresAtMs: Date.UTC(2030, 0, 1) } };
    const isGuest = (request: object) => 'hostToken' in request || 'embedKey' in request;
    const contact: Contact = { ...draft, id: 'c1', revision: 4, updatedAtMs: 1 } as Contact;
    return {
      sessions: {
        signIn: async (request: object, ...question: unknown[]) =>
          this.#answer(['signIn', request, ...question], isGuest(request) ? { grant, refresh: null } : started),
        refresh: async (...question: unknown[]) => this.#answer(['refresh', ...question], started),
        signOut: async (token: string) => this.#answer(['signOut', token], undefined),
        signOutGuest: async ({ familyId }) => this.#answer(['signOutGuest', familyId], undefined),
        signOutEverywhere: async (userId) => this.#answer(['signOutEverywhere', userId], undefined),
      },
      accessTokens: {
        verify: async (token: string) => {
          if (token === 'good-access-token') return access;
          if (token === 'visitor-access-token') return { ...access, user: { ...user, role: 'visitor' }, entry: visit };
          // Of those whom `administrationFixture` knows.
          const [, userId] = /^token-of-(\w+)$/.exec(token) ?? [];
          if (userId !== undefined) return { ...access, user: { ...user, id: userId as UserId, userName: userId } };
          throw new DialbridgeError(token === 'old-access-token' ? 'sessionExpired' : 'unauthenticated');
        },
      },
      brands: {
        forHost: (host) => this.#answer(['forHost', host], brand),
        get: () => this.brand,
        has: (id) => id === brand.id,
      },
      actors: this.fixture.actors,
      administration: this.fixture.administration,
      brandAssets: { get: async (id) => this.assets.get(id) },
      pageOrigins: { isKnown: (origin) => origin === hostPage },
      contacts: {
        list: async (owner: BookOwner) => this.#answer(['list', owner], [contact]),
        add: async (...question: unknown[]) => this.#answer(['add', ...question], contact),
        edit: async (...question: unknown[]) => this.#answer(['edit', ...question], { ...contact, revision: 5 }),
        delete: async (...question: [BookOwner, ContactId, number?]) =>
          this.#answer(['delete', ...question], undefined),
      },
      history: {
        page: async (...question: unknown[]) => this.#answer(['page', ...question], { entries: [], nextCursor: null }),
        markSeen: async (...question: unknown[]) =>
          this.#answer(['markSeen', ...question], { count: 0, seenUntilMs: 5 }),
        detail: async (_user: UserId, callId: CallId) =>
          this.#answer(['detail', callId], callId === 'known' ? ({ entry: { callId } } as HistoryDetail) : undefined),
      },
      readiness: () => ({ checks: this.checks }),
      holdings: async () => this.#answer(['holdings'], { calls: 0 }),
      metrics: { token: null, contentType: 'text/plain', text: async () => '' },
      logger: this.logger,
      version: '0.0.0',
      randomBytes,
      clientDir,
      publicOrigin: null,
      trustProxy: false,
      ...more,
    };
  }
}
