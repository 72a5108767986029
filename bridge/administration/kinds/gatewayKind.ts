import type { Gateway, GatewayWrite as GatewayBody, GatewayView } from '../../../shared/admin/index.ts';
import type { SettingProblem } from '../../../shared/errors/index.ts';
import { blanked } from '../editing/AuditTrail.ts';
import type { EntityKind, EntityStore, Stamp } from '../editing/EntityKind.ts';
import type { Uses } from '../editing/Uses.ts';
import { findBadCertificates } from './findBadCertificates.ts';

/** What is left out of a secret's place keeps the present one. */
export type GatewayWrite = GatewayBody & { readonly id?: Gateway['id'] };

export interface GatewayKindDeps {
  readonly store: EntityStore<Gateway, GatewayWrite>;
  readonly uses: Uses;
  readonly onChanged: () => Promise<void>;
}

/** Gateways are every brand's: operators edit them, and who is bound to a brand doesn't see them. */
export function gatewayKind({
  store,
  uses,
  onChanged,
}: GatewayKindDeps): EntityKind<Gateway, GatewayWrite, GatewayView> {
  return {
    kind: 'gateway',
    store,
    brandOf: () => null,
    canEdit: () => false,
    sortKeyOf: ({ name, id }) => [(name ?? id).toLowerCase(), id],
    textsOf: ({ id, name, host, moreAddresses, region, credentials }) => [
      id,
      name ?? '',
      host,
      ...moreAddresses.map((address) => address.host),
      region ?? '',
      credentials?.userName ?? '',
    ],
    newId: ({ id }) => id ?? ('' as Gateway['id']),
    make: makeGateway,
    findProblems: async (gateway) => [
      ...findMissingAccount(gateway),
      ...findMissingPasswords(gateway),
      ...findBadCertificates(gateway.tls),
    ],
    demandPossible: async ({ before, after }) => {
      if (before !== null && after === null) await uses.demandGatewayUnused(before.id);
    },
    toView: toGatewayView,
    toAudit: (gateway, before) => describeSecrets(gateway, before),
    onChanged,
  };
}

/** Stands for a password that nobody gave: `findProblems` asks for one. */
const missing = '';

function makeGateway(write: GatewayWrite, stamp: Stamp<Gateway>, present: Gateway | null): Gateway {
  const { credentials, tls, incoming, ...rest } = write;
  const { credentials: proof, ...howTheyCome } = incoming;
  const account = withPassword(credentials, present?.credentials);
  const proven = withPassword(proof, present?.incoming.credentials);
  const { privateKey = present?.tls.privateKey ?? null } = tls;
  return {
    ...rest,
    ...(account && { credentials: account }),
    tls: { ...tls, privateKey },
    incoming: { ...howTheyCome, ...(proven && { credentials: proven }) },
    id: stamp.id,
    revision: stamp.revision,
    updatedAtMs: stamp.updatedAtMs,
  };
}

/** Absent: as it was; null: none. */
function withPassword<Account extends { readonly userName: string; readonly password?: string | undefined }>(
  written: Account | null | undefined,
  present: (Account & { readonly password: string }) | undefined,
): (Account & { password: string }) | undefined {
  if (written === undefined) return present;
  if (written === null) return undefined;
  return { ...written, password: written.password ?? present?.password ?? missing };
}

function findMissingAccount({ registration, credentials }: Gateway): readonly SettingProblem[] {
  const expected = 'expected credentials, since the gateway is registered with';
  return registration !== null && credentials === undefined ? [{ key: 'credentials', expected }] : [];
}

function findMissingPasswords({ credentials, incoming }: Gateway): readonly SettingProblem[] {
  const expected = 'expected a password';
  return [
    ...(credentials?.password === missing ? [{ key: 'credentials.password', expected }] : []),
    ...(incoming.credentials?.password === missing ? [{ key: 'incoming.credentials.password', expected }] : []),
  ];
}

export function toGatewayView({ credentials, tls, incoming, ...gateway }: Gateway): GatewayView {
  const { privateKey, ...identity } = tls;
  const { credentials: proof, ...howTheyCome } = incoming;
  return {
    ...gateway,
    credentials: credentials ? withoutPassword(credentials) : null,
    tls: { ...identity, hasPrivateKey: privateKey !== null },
    incoming: { ...howTheyCome, credentials: proof ? withoutPassword(proof) : null },
  };
}

function withoutPassword<Account extends { readonly password: string }>({ password, ...account }: Account) {
  return { ...account, hasPassword: password !== missing };
}

/** Says that secrets were changed, and never to what. */
function describeSecrets(gateway: Gateway, before: Gateway | null): unknown {
  const { credentials, tls, incoming } = gateway;
  const secrets = {
    password: sayOf(credentials?.password, before?.credentials?.password, before),
    privateKey: sayOf(tls.privateKey, before?.tls.privateKey, before),
    incomingPassword: sayOf(incoming.credentials?.password, before?.incoming.credentials?.password, before),
  };
  return { ...toGatewayView(gateway), secrets };
}

function sayOf(
  secret: string | null | undefined,
  was: string | null | undefined,
  before: Gateway | null,
): string | null {
  if (secret === undefined || secret === null) return null;
  return before !== null && secret !== was ? `${blanked}, changed` : blanked;
}
