import { randomBytes, randomUUID } from 'node:crypto';
import type { ContactDraft } from '../shared/protocol/index.ts';
import { normaliseNumber } from './call-server/call-director/index.ts';
import type { Config } from './config/index.ts';
import {
  AccessTokens,
  AddressBook,
  type Brands,
  type CallServerEntry,
  type EndedFamily,
  LoadBalancer,
  PasswordHasher,
  RefreshSessions,
  refreshSessionSchema,
  Sessions,
  SignInLinks,
  signInLinkSchema,
  Users,
  userNameClaimSchema,
  userSchema,
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
  const users = new Users({
    users: await storage.openCollection('users', userSchema),
    userNames: await storage.openCollection('user-names', userNameClaimSchema),
    hasher: await PasswordHasher.create(),
    clock,
    newId,
    randomBytes,
  });
  const signInLinks = new SignInLinks({
    links: await storage.openCollection('sign-in-links', signInLinkSchema),
    clock,
    randomBytes,
    ttlMs: config.auth.signInLinkTtlMs,
  });
  const accessTokens = new AccessTokens({
    endedFamilies: storage.openTransientCollection<EndedFamily>('ended-sessions'),
    secret: Buffer.from(await storage.secrets.get('access-tokens'), 'base64url'),
    ttlMs: config.auth.accessTokenTtlMs,
    clock,
    newId,
  });
  const callServers = storage.openTransientCollection<CallServerEntry>('call-servers');
  const loadBalancer = new LoadBalancer({ callServers, clock });
  const sessions = new Sessions({
    users,
    accessTokens,
    refreshSessions: new RefreshSessions({
      sessions: await storage.openCollection('refresh-sessions', refreshSessionSchema),
      clock,
      newId,
      randomBytes,
      ttlMs: config.auth.refreshTtlMs,
    }),
    signInLinks,
    loadBalancer,
    brands,
    clock,
    logger,
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
    accessTokens,
    addressBook,
    brands,
    callServers,
    firstOperator,
    loadBalancer,
    sessions,
    users,
    close: () => sessions.close(),
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
