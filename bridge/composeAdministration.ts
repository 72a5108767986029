import { randomBytes, randomUUID } from 'node:crypto';
import { brandSettingsSchema, gatewaySchema, numberSchema, routeSchema, ruleSchema } from '../shared/admin/index.ts';
import type { GatewayId } from '../shared/domain/index.ts';
import {
  type Administration,
  type AdministrationDeps as AdministrationParts,
  createAdministration,
} from './administration/index.ts';
import { isEmergencyNumber, isHighRiskNumber } from './call-server/call-director/index.ts';
import type { composeAccounts } from './composeAccounts.ts';
import type { composeBranding } from './composeBranding.ts';
import type { composeDirector } from './composeDirector.ts';
import type { Config } from './config/index.ts';
import {
  type Brands,
  checkBrand,
  makeSigningKeyMaterial,
  signInUrl,
  type User,
  userSchema,
  withHost,
} from './front-end-server/index.ts';
import type { Clock } from './observability/index.ts';
import type { Storage } from './storage/index.ts';

type Made<Compose extends (...args: never[]) => unknown> = Awaited<ReturnType<Compose>>;

interface AdministrationDeps {
  readonly config: Pick<Config, 'auth' | 'http'>;
  readonly storage: Pick<Storage, 'openCollection' | 'audit' | 'callRecords' | 'callTraces'>;
  readonly accounts: Made<typeof composeAccounts>;
  readonly branding: Pick<Made<typeof composeBranding>, 'brands' | 'brandAssets'>;
  readonly director: Pick<Made<typeof composeDirector>, 'explainer' | 'ruleBook' | 'rateBook' | 'rates'>;
  readonly network: {
    readonly onChanged: Readonly<Record<'gateways' | 'routes' | 'numbers', () => Promise<void>>>;
    readonly statuses: AdministrationParts['gatewayStatuses'];
    readonly tester: AdministrationParts['gatewayTester'];
    /** Whose way of writing numbers a gateway has; null: nobody said. */
    readonly countryOf: (gatewayId: GatewayId) => string | null;
  };
  readonly display: AdministrationParts['display'];
  readonly webhooks: AdministrationParts['webhooks'] & { readonly onChanged: () => Promise<void> };
  readonly clock: Clock;
}

/** What operators edit, wired to the rooms that keep it in memory: each is told of a change before the editor is. */
export async function composeAdministration(deps: AdministrationDeps): Promise<Administration> {
  const { config, storage, accounts, branding, director, network, display, clock } = deps;
  const { users: people, keyRing, embedKeys, signingKeys, sessions, signInLinks } = accounts;
  const { brands, brandAssets } = branding;
  const createSignInLink = async (user: User, origin: string) => ({
    url: signInUrl(
      homeOf(user, origin, { brands, publicUrl: config.http.publicUrl }),
      await signInLinks.create(user.id),
    ),
    expiresAtMs: clock.now() + config.auth.signInLinkTtlMs,
  });
  return createAdministration({
    ...accounts.collections,
    users: await storage.openCollection('users', userSchema),
    brands: await storage.openCollection('brands', brandSettingsSchema),
    gateways: await storage.openCollection('gateways', gatewaySchema),
    routes: await storage.openCollection('routes', routeSchema),
    numbers: await storage.openCollection('numbers', numberSchema),
    rules: await storage.openCollection('rules', ruleSchema),
    rates: director.rates,
    webhooks: deps.webhooks,
    audit: storage.audit,
    callRecords: storage.callRecords,
    callTraces: storage.callTraces,
    display,
    accounts: people,
    userSessions: { signOutEverywhere: (userId) => sessions.signOutEverywhere(userId), createSignInLink },
    accessKeyRing: keyRing,
    makeSigningKeyMaterial: (write) => makeSigningKeyMaterial(write, randomBytes),
    checkBrand: async (brand, all) => {
      checkBrand(brand, all);
      await brandAssets.demand(brand.id, brand);
    },
    addBrandAsset: (brandId, { contentType, content }) => brandAssets.add(brandId, contentType, content),
    defaultBrandId: brands.defaultId,
    isHighRisk: isHighRiskNumber,
    isEmergency: (digits, gatewayId) =>
      isEmergencyNumber(digits, network.countryOf(gatewayId) ?? brands.settings(brands.defaultId).defaultCountry),
    explain: director.explainer,
    gatewayStatuses: network.statuses,
    gatewayTester: network.tester,
    onChanged: {
      ...network.onChanged,
      rules: () => director.ruleBook.reload(),
      rates: () => director.rateBook.reload(),
      brands: () => brands.reload(),
      embedKeys: () => embedKeys.reload(),
      signingKeys: () => signingKeys.reload(),
      webhooks: deps.webhooks.onChanged,
    },
    clock,
    newId: randomUUID,
    randomBytes,
  });
}

/** Where the user may sign in: here, where this is a host name of their brand, else at one of those. */
function homeOf(
  { brandId }: User,
  here: string,
  { brands, publicUrl }: { brands: Brands; publicUrl: string | null },
): string {
  if (brandId === null || brands.forHost(new URL(here).hostname).id === brandId) return here;
  const [first] = brands.settings(brandId).hostNames;
  return first === undefined ? new URL(publicUrl ?? here).origin : withHost(here, first);
}
