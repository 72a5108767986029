import { z } from 'zod';
import {
  embedKeySeedSchema,
  gatewaySeedSchema,
  groupSeedSchema,
  numberSeedSchema,
  rateSeedSchema,
  routeSeedSchema,
  ruleSeedSchema,
} from '../../../shared/admin/index.ts';
import { signingKeySeedSchema, userSeedSchema } from '../../front-end-server/index.ts';
import { seededBrandSchema } from './brandConfig.ts';

export const seedSchema = z.strictObject({
  users: z
    .array(userSeedSchema)
    .default([])
    .describe('First users: `{ userName, password or passwordFile, displayName, role, ... }`; see below.'),
  groups: z.array(groupSeedSchema).default([]).describe('First groups of users; see below.'),
  gateways: z.array(gatewaySeedSchema).default([]).describe('First gateways to the telephone network; see below.'),
  routes: z
    .array(routeSeedSchema)
    .default([])
    .describe('First routes: which gateways numbers go to, in which order; see below.'),
  numbers: z
    .array(numberSeedSchema)
    .default([])
    .describe('First numbers at which people of the bridge are called; see below.'),
  rules: z
    .array(ruleSeedSchema)
    .default([])
    .describe('First rules of who may call where; see below. Without a rule no call is allowed.'),
  rates: z
    .array(rateSeedSchema)
    .default([])
    .describe('First prices of calls by prefix, for limits of cost; see below.'),
  brands: z
    .array(seededBrandSchema)
    .default([])
    .describe('Further brands, each with host names of its own; see [BRANDING.md](BRANDING.md).'),
  embedKeys: z
    .array(embedKeySeedSchema)
    .default([])
    .describe('First keys by which anonymous visitors of other sites may call; see below.'),
  signingKeys: z
    .array(signingKeySeedSchema)
    .default([])
    .describe('First keys by which host applications sign tokens for their users; see below.'),
});
