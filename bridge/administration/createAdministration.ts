import type {
  BrandSettings,
  EmbedKey,
  EmbedKeyDraft,
  Gateway,
  Group,
  NumberEntry,
  Rate,
  Route,
  Rule,
  SigningKeyWrite,
  UserView,
  UserWrite,
} from '../../shared/admin/index.ts';
import type { BrandId } from '../../shared/domain/index.ts';
import type { SigningKey, SigningKeyMaterial, User } from '../front-end-server/index.ts';
import type { Clock } from '../observability/index.ts';
import type { AuditStore, CallRecordStore, CallTraceStore, Collection } from '../storage/index.ts';
import { AccountStore, type Accounts } from './accounts/AccountStore.ts';
import { UserSessions, type UserSessionsDeps } from './accounts/UserSessions.ts';
import { BrandAssets, type BrandAssetsDeps } from './BrandAssets.ts';
import { CallArchive } from './calls/CallArchive.ts';
import { LiveCalls, type LiveCallsDeps } from './calls/LiveCalls.ts';
import { createNetworkEditors } from './createNetworkEditors.ts';
import { Explanations, type ExplanationsDeps } from './Explanations.ts';
import { AuditTrail } from './editing/AuditTrail.ts';
import { ChangeQueue } from './editing/ChangeQueue.ts';
import { CollectionStore } from './editing/CollectionStore.ts';
import { EntityEditor } from './editing/EntityEditor.ts';
import type { EntityKind, KeptEntity } from './editing/EntityKind.ts';
import { References } from './editing/References.ts';
import { Uses } from './editing/Uses.ts';
import { GatewayWatch, type GatewayWatchDeps } from './GatewayWatch.ts';
import { AccessKeys, type AccessKeysDeps } from './keys/AccessKeys.ts';
import { SigningKeyRegistrar } from './keys/SigningKeyRegistrar.ts';
import { type BrandKindDeps, type BrandWrite, brandKind } from './kinds/brandKind.ts';
import { embedKeyKind } from './kinds/embedKeyKind.ts';
import { type GroupWrite, groupKind } from './kinds/groupKind.ts';
import { type RuleWrite, ruleKind } from './kinds/ruleKind.ts';
import { signingKeyKind } from './kinds/signingKeyKind.ts';
import { userKind } from './kinds/userKind.ts';
import { RuleOrder } from './RuleOrder.ts';
import { createWebhookAdministration, type WebhookAdministrationDeps } from './webhooks/createWebhookAdministration.ts';

export interface AdministrationDeps {
  readonly users: Collection<User>;
  readonly groups: Collection<Group>;
  readonly rules: Collection<Rule>;
  readonly rates: Collection<Rate>;
  readonly brands: Collection<BrandSettings>;
  readonly embedKeys: Collection<EmbedKey>;
  readonly signingKeys: Collection<SigningKey>;
  readonly gateways: Collection<Gateway>;
  readonly routes: Collection<Route>;
  readonly numbers: Collection<NumberEntry>;
  readonly webhooks: WebhookAdministrationDeps['webhooks'];
  readonly audit: AuditStore;
  readonly callRecords: Pick<CallRecordStore, 'search' | 'get' | 'events'>;
  readonly callTraces: Pick<CallTraceStore, 'get'>;
  readonly accounts: Accounts;
  readonly userSessions: Pick<UserSessionsDeps, 'signOutEverywhere' | 'createSignInLink'>;
  readonly accessKeyRing: AccessKeysDeps['ring'];
  readonly makeSigningKeyMaterial: (write: SigningKeyWrite) => SigningKeyMaterial;
  readonly checkBrand: BrandKindDeps['check'];
  readonly addBrandAsset: BrandAssetsDeps['addAsset'];
  /** The brand that the configuration describes. */
  readonly defaultBrandId: BrandId;
  readonly isHighRisk: (e164: string) => boolean;
  readonly explain: ExplanationsDeps['engine'];
  readonly gatewayStatuses: GatewayWatchDeps['statuses'];
  readonly gatewayTester: GatewayWatchDeps['tester'];
  readonly isEmergency: GatewayWatchDeps['isEmergency'];
  readonly display: LiveCallsDeps['display'];
  /** Called after a change, so that what is kept in memory holds before the editor is told. */
  readonly onChanged: {
    readonly rules: () => Promise<void>;
    readonly rates: () => Promise<void>;
    readonly gateways: () => Promise<void>;
    readonly routes: () => Promise<void>;
    readonly numbers: () => Promise<void>;
    readonly brands: () => Promise<void>;
    readonly embedKeys: () => Promise<void>;
    readonly signingKeys: () => Promise<void>;
    readonly webhooks: () => Promise<void>;
  };
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
  readonly randomBytes: (size: number) => Uint8Array;
}

/** Everything that operators, brand managers and auditors look at and change. */
export interface Administration
  extends ReturnType<typeof createNetworkEditors>,
    ReturnType<typeof createWebhookAdministration> {
  readonly trail: AuditTrail;
  readonly users: EntityEditor<User, UserWrite, UserView>;
  readonly userSessions: UserSessions;
  readonly groups: EntityEditor<Group, GroupWrite, Group>;
  readonly rules: EntityEditor<Rule, RuleWrite, Rule>;
  readonly ruleOrder: RuleOrder;
  readonly gatewayWatch: GatewayWatch;
  readonly brands: EntityEditor<BrandSettings, BrandWrite, BrandSettings>;
  readonly brandAssets: BrandAssets;
  readonly embedKeys: EntityEditor<EmbedKey, EmbedKeyDraft, EmbedKey>;
  readonly signingKeys: SigningKeyRegistrar;
  readonly accessKeys: AccessKeys;
  readonly explanations: Explanations;
  readonly calls: CallArchive;
  readonly liveCalls: LiveCalls;
}

/** Puts the editors together: they share the queue of changes and the audit log. */
export function createAdministration(deps: AdministrationDeps): Administration {
  const { clock, newId, randomBytes, accounts, onChanged } = deps;
  const trail = new AuditTrail({ audit: deps.audit, clock, newId });
  const queue = new ChangeQueue();
  const references = new References(deps);
  const uses = new Uses({ ...deps, webhooks: deps.webhooks.collection });
  const shared = { trail, queue, clock };
  const edit = <Kept extends KeptEntity, Write, View>(kind: EntityKind<Kept, Write, View>) =>
    new EntityEditor(shared, kind);

  const users = edit(
    userKind({
      store: new AccountStore(deps),
      findByName: (userName) => accounts.findByName(userName),
      references,
      newId,
    }),
  );
  const brands = edit(
    brandKind({
      store: new CollectionStore(deps.brands),
      references,
      uses,
      check: deps.checkBrand,
      newId,
      onChanged: onChanged.brands,
    }),
  );
  const signingKeys = edit(
    signingKeyKind({
      store: new CollectionStore(deps.signingKeys),
      references,
      newId,
      onChanged: onChanged.signingKeys,
    }),
  );
  return {
    ...createNetworkEditors({ ...deps, ...shared, references, uses }),
    ...createWebhookAdministration({ ...deps, ...shared, references }),
    trail,
    users,
    userSessions: new UserSessions({ users, trail, ...deps.userSessions }),
    groups: edit(groupKind({ store: new CollectionStore(deps.groups), references, uses, newId })),
    rules: edit(ruleKind({ store: new CollectionStore(deps.rules), references, newId, onChanged: onChanged.rules })),
    ruleOrder: new RuleOrder({ ...shared, rules: deps.rules, onChanged: onChanged.rules }),
    gatewayWatch: new GatewayWatch({
      statuses: deps.gatewayStatuses,
      tester: deps.gatewayTester,
      isEmergency: deps.isEmergency,
      trail,
    }),
    brands,
    brandAssets: new BrandAssets({ brands, addAsset: deps.addBrandAsset, trail }),
    embedKeys: edit(
      embedKeyKind({
        store: new CollectionStore(deps.embedKeys),
        references,
        uses,
        randomBytes,
        isHighRisk: deps.isHighRisk,
        onChanged: onChanged.embedKeys,
      }),
    ),
    signingKeys: new SigningKeyRegistrar({ editor: signingKeys, makeMaterial: deps.makeSigningKeyMaterial }),
    accessKeys: new AccessKeys({ ring: deps.accessKeyRing, trail, queue }),
    calls: new CallArchive({
      records: deps.callRecords,
      traces: deps.callTraces,
      users: deps.users,
      clock: deps.clock,
    }),
    liveCalls: new LiveCalls({ display: deps.display, users: deps.users, trail, clock }),
    explanations: new Explanations({
      engine: deps.explain,
      findUser: (userName) => accounts.findByName(userName),
      embedKeys: deps.embedKeys,
      rules: deps.rules,
    }),
  };
}
