import { randomBytes, randomUUID } from 'node:crypto';
import { type EmbedKey, embedKeySchema, type Group, groupSchema } from '../shared/admin/index.ts';
import type { Config } from './config/index.ts';
import {
  EmbedKeys,
  endedFamilySchema,
  endedUserSchema,
  FrameTickets,
  KeyRing,
  RefreshSessions,
  Revocations,
  refreshSessionSchema,
  SignInLinks,
  type SigningKey,
  SigningKeys,
  signInLinkSchema,
  signingKeySchema,
  tokenKeySchema,
  toMaterial,
} from './front-end-server/index.ts';
import type { Clock, Logger } from './observability/index.ts';
import type { Collection, Storage } from './storage/index.ts';

interface KeysDeps {
  readonly config: Config;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Seeded {
  readonly groups: Collection<Group>;
  readonly embedKeys: Collection<EmbedKey>;
  readonly signingKeys: Collection<SigningKey>;
}

/** The keys by which people come in, what ends their rights again, and the groups that keys and rules name. */
export async function composeKeys({ config, storage, clock, logger }: KeysDeps) {
  const collections = {
    groups: await storage.openCollection('groups', groupSchema),
    embedKeys: await storage.openCollection('embed-keys', embedKeySchema),
    signingKeys: await storage.openCollection('signing-keys', signingKeySchema),
    tokenKeys: await storage.openCollection('token-keys', tokenKeySchema),
  };
  await seedKeys(collections, config.seed, clock.now());
  const keyRing = await KeyRing.create({
    tokenKeys: collections.tokenKeys,
    firstSecret: await storage.secrets.get('access-tokens'),
    longestLifeMs: Math.max(config.auth.accessTokenTtlMs, FrameTickets.ttlMs),
    clock,
    logger,
    newId: randomUUID,
    randomBytes,
  });
  const embedKeys = await EmbedKeys.create({ embedKeys: collections.embedKeys, clock, logger });
  const signingKeys = await SigningKeys.create({ signingKeys: collections.signingKeys, clock, logger });
  const refreshSessions = new RefreshSessions({
    sessions: await storage.openCollection('refresh-sessions', refreshSessionSchema, { shards: 64 }),
    clock,
    newId: randomUUID,
    randomBytes,
    ttlMs: config.auth.refreshTtlMs,
  });
  const signInLinks = new SignInLinks({
    links: await storage.openCollection('sign-in-links', signInLinkSchema),
    clock,
    randomBytes,
    ttlMs: config.auth.signInLinkTtlMs,
  });
  const revocations = await Revocations.create({
    endedFamilies: await storage.openCollection('ended-sessions', endedFamilySchema),
    endedUsers: await storage.openCollection('ended-users', endedUserSchema),
    refreshSessions,
    signInLinks,
    embedKeys,
    signingKeys,
    ttlMs: config.auth.accessTokenTtlMs,
    clock,
    logger,
  });
  return {
    collections,
    keyRing,
    embedKeys,
    signingKeys,
    refreshSessions,
    signInLinks,
    revocations,
    /** Ends the reading again. */
    close: () => {
      for (const book of [revocations, embedKeys, signingKeys, keyRing]) book.close();
    },
  };
}

/** By id, never over what was changed later. */
async function seedKeys(
  { groups, embedKeys, signingKeys }: Seeded,
  seed: Config['seed'],
  createdAtMs: number,
): Promise<void> {
  for (const group of seed.groups) await groups.add(groupSchema.parse(group));
  for (const key of seed.embedKeys) await embedKeys.add(embedKeySchema.parse({ ...key, createdAtMs }));
  for (const { publicKey, secret, ...key } of seed.signingKeys) {
    const material = toMaterial({ algorithm: key.algorithm, publicKey, secret });
    await signingKeys.add(signingKeySchema.parse({ ...key, ...material, createdAtMs }));
  }
}
