import { randomBytes, randomUUID } from 'node:crypto';
import { type EmbedKey, embedKeySchema } from '../../../shared/admin/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import type { Clock, Logger } from '../../observability/index.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { MemoryCollection } from '../../storage/memory/index.ts';
import { PasswordHasher } from '../accounts/PasswordHasher.ts';
import type { User } from '../accounts/User.ts';
import type { UserNameClaim } from '../accounts/UserNameClaim.ts';
import { Users } from '../accounts/Users.ts';
import type { Brands } from '../branding/index.ts';
import { type CallServerEntry, callServerEntrySchema } from '../call-servers/CallServerEntry.ts';
import { LoadBalancer } from '../call-servers/LoadBalancer.ts';
import { EmbedKeys } from '../keys/EmbedKeys.ts';
import { FrameTickets } from '../keys/FrameTickets.ts';
import { HostTokens } from '../keys/HostTokens.ts';
import { KeyRing } from '../keys/KeyRing.ts';
import { PageOrigins } from '../keys/PageOrigins.ts';
import { type SigningKey, signingKeySchema } from '../keys/SigningKey.ts';
import { SigningKeys } from '../keys/SigningKeys.ts';
import type { TokenKey } from '../keys/TokenKey.ts';
import { AccountSignIn } from '../sign-in/AccountSignIn.ts';
import { GuestSignIn } from '../sign-in/GuestSignIn.ts';
import { Sessions } from '../sign-in/Sessions.ts';
import { SignInLinks } from '../sign-in/SignInLinks.ts';
import { AccessTokens } from '../tokens/AccessTokens.ts';
import type { RefreshSession } from '../tokens/RefreshSession.ts';
import { RefreshSessions } from '../tokens/RefreshSessions.ts';
import { type EndedFamily, type EndedUser, Revocations } from '../tokens/Revocations.ts';
import { makeBrand, openBrands } from './openBrands.ts';

/** What every process of a bridge shares. */
export class SharedStore {
  readonly users = new MemoryCollection<User>();
  readonly userNames = new MemoryCollection<UserNameClaim>();
  readonly tokenKeys = new MemoryCollection<TokenKey>();
  readonly embedKeys = new MemoryCollection<EmbedKey>();
  readonly signingKeys = new MemoryCollection<SigningKey>();
  readonly endedFamilies = new MemoryCollection<EndedFamily>();
  readonly endedUsers = new MemoryCollection<EndedUser>();
  readonly refreshSessions = new MemoryCollection<RefreshSession>();
  readonly callServers = new MemoryCollection<CallServerEntry>();
  readonly firstSecret = randomBytes(32).toString('base64url');
}

export const accessTtlMs = 600_000;

let hasher: Promise<PasswordHasher> | undefined;

interface OpenDoors {
  readonly clock?: Clock;
  readonly store?: SharedStore;
  readonly logger?: Logger;
}

/**
 * One process's doors over stores in memory, as the bridge composes them: brands `default` and `acme` (phone.acme.example) and
 * a call server `main`. Close them.
 */
export async function openDoors({
  clock = new FakeClock(),
  store = new SharedStore(),
  logger = new RecordingLogger(),
}: OpenDoors = {}) {
  hasher ??= PasswordHasher.create();
  const secrets = { clock, newId: randomUUID, randomBytes };
  const watched = { clock, logger };
  const keyRing = await KeyRing.create({
    ...secrets,
    logger,
    tokenKeys: store.tokenKeys,
    firstSecret: store.firstSecret,
    longestLifeMs: accessTtlMs,
  });
  const embedKeys = await EmbedKeys.create({ ...watched, embedKeys: store.embedKeys });
  const signingKeys = await SigningKeys.create({ ...watched, signingKeys: store.signingKeys });
  const refreshSessions = new RefreshSessions({ ...secrets, sessions: store.refreshSessions, ttlMs: 3_600_000 });
  const signInLinks = new SignInLinks({ ...secrets, links: new MemoryCollection(), ttlMs: 60_000 });
  const { endedFamilies, endedUsers } = store;
  const revocations = await Revocations.create({
    ...watched,
    endedFamilies,
    endedUsers,
    refreshSessions,
    signInLinks,
    embedKeys,
    signingKeys,
    ttlMs: accessTtlMs,
  });
  const { users: stored, userNames } = store;
  const users = new Users({ ...secrets, users: stored, userNames, hasher: await hasher, revocations });
  const accessTokens = new AccessTokens({ ...secrets, keyRing, revocations, ttlMs: accessTtlMs });
  const brands: Brands = await openBrands(watched, [makeBrand({ id: 'acme', hostNames: ['phone.acme.example'] })]);
  const frameTickets = new FrameTickets({ keyRing, clock });
  const pageOrigins = new PageOrigins({ embedKeys, signingKeys });
  const hostTokens = new HostTokens({ signingKeys, users, clock });
  await store.callServers.put(mainCallServer(clock.now() + 86_400_000));
  const sessions = new Sessions({
    ...secrets,
    accounts: new AccountSignIn({ users, signInLinks, clock }),
    guests: new GuestSignIn({ ...secrets, hostTokens, embedKeys, frameTickets, pageOrigins }),
    users,
    accessTokens,
    revocations,
    refreshSessions,
    signInLinks,
    loadBalancer: new LoadBalancer({ callServers: store.callServers, clock }),
    brands,
    logger,
  });
  const owned = [sessions, brands, revocations, embedKeys, signingKeys, keyRing];
  return {
    store,
    keyRing,
    embedKeys,
    signingKeys,
    revocations,
    users,
    signInLinks,
    accessTokens,
    brands,
    frameTickets,
    pageOrigins,
    hostTokens,
    sessions,
    close: () => {
      for (const one of owned) one.close();
    },
  };
}

/** An embed key as it would be kept; what is not said is usual. */
export function makeEmbedKey(said: { id: string } & Partial<Omit<EmbedKey, 'id'>>): EmbedKey {
  return embedKeySchema.parse({
    name: said.id,
    brandId: 'default',
    origins: ['https://shop.example'],
    destinations: [{ number: '+12025550123' }],
    createdAtMs: 1,
    ...said,
  });
}

/** An HS256 key as it would be kept; what is not said is usual. */
export function makeSigningKey(said: { id: string } & Partial<Omit<SigningKey, 'id'>>): SigningKey {
  return signingKeySchema.parse({
    name: said.id,
    brandId: 'default',
    algorithm: 'HS256',
    issuer: 'https://crm.example',
    publicKey: null,
    secret: 'a secret of more than 32 characters',
    createdAtMs: 1,
    ...said,
  });
}

function mainCallServer(heartbeatAtMs: number): CallServerEntry {
  return callServerEntrySchema.parse({
    id: 'main',
    url: null,
    region: 'r',
    activeCalls: 0,
    capacity: null,
    isDraining: false,
    heartbeatAtMs,
  });
}
