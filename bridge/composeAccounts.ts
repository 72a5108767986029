import { randomBytes, randomUUID } from 'node:crypto';
import type { Brand, ContactDraft } from '../shared/protocol/index.ts';
import { normaliseNumber } from './call-server/call-director/index.ts';
import { composeKeys } from './composeKeys.ts';
import type { Config } from './config/index.ts';
import {
  AccessTokens,
  AccountSignIn,
  AddressBook,
  type Brands,
  type CallServerEntry,
  callerNumbersOf,
  FrameTickets,
  GuestSignIn,
  HostTokens,
  LoadBalancer,
  PageOrigins,
  PasswordHasher,
  Sessions,
  type SignInLinks,
  Users,
  userNameClaimSchema,
  userSchema,
  type VerifiedAccess,
} from './front-end-server/index.ts';
import type { Clock, Logger } from './observability/index.ts';
import type { Storage } from './storage/index.ts';

interface AccountsDeps {
  readonly config: Config;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly brands: Brands;
  readonly starterContacts: readonly ContactDraft[];
}

/** The front-end server's rooms: people, their sessions, brand and address books. Closing ends its timers. */
export async function composeAccounts({ config, storage, clock, logger, brands, starterContacts }: AccountsDeps) {
  const newId = randomUUID;
  const keys = await composeKeys({ config, storage, clock, logger });
  const { keyRing, embedKeys, signingKeys, refreshSessions, signInLinks, revocations } = keys;
  const users = new Users({
    users: await storage.openCollection('users', userSchema, { shards: 64 }),
    userNames: await storage.openCollection('user-names', userNameClaimSchema, { shards: 64 }),
    hasher: await PasswordHasher.create(),
    revocations,
    clock,
    newId,
    randomBytes,
  });
  const accessTokens = new AccessTokens({ keyRing, revocations, ttlMs: config.auth.accessTokenTtlMs, clock, newId });
  const callServers = storage.openTransientCollection<CallServerEntry>('call-servers');
  const loadBalancer = new LoadBalancer({ callServers, clock });
  const frameTickets = new FrameTickets({ keyRing, clock });
  const pageOrigins = new PageOrigins({ embedKeys, signingKeys });
  const hostTokens = new HostTokens({ signingKeys, users, clock });
  const sessions = new Sessions({
    accounts: new AccountSignIn({ users, signInLinks, clock }),
    guests: new GuestSignIn({ hostTokens, embedKeys, frameTickets, pageOrigins, clock, newId }),
    users,
    accessTokens,
    revocations,
    refreshSessions,
    signInLinks,
    loadBalancer,
    brands,
    clock,
    logger,
    newId,
  });
  const addressBook = new AddressBook({
    store: storage.addressBooks,
    clock,
    newId,
    normaliseNumber,
    starterContacts,
  });
  const firstOperator = await seedUsers(users, signInLinks, config);
  return {
    ...keys,
    accessTokens,
    addressBook,
    brands,
    callServers,
    callerNumbersOf: (access: VerifiedAccess, brand: Brand) => callerNumbersOf({ users }, access, brand),
    firstOperator,
    loadBalancer,
    pageOrigins,
    sessions,
    users,
    close: () => {
      sessions.close();
      keys.close();
    },
  };
}

async function seedUsers(users: Users, links: SignInLinks, config: Config) {
  await users.seed(config.seed.users);
  const first = await users.createFirstOperator();
  if (!first) return null;
  return {
    userName: first.user.userName,
    password: first.password,
    signInToken: await links.create(first.user.id),
  };
}
