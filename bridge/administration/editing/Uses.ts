import type {
  BrandSettings,
  EmbedKey,
  Group,
  NumberEntry,
  Route,
  Rule,
  SigningKeyView,
  Webhook,
} from '../../../shared/admin/index.ts';
import type { BrandId, EmbedKeyId, GatewayId, GroupId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { User } from '../../front-end-server/index.ts';

interface Source<Entity> {
  list(): Promise<readonly Entity[]>;
}

export interface UsesDeps {
  readonly users: Source<Pick<User, 'userName' | 'brandId' | 'groups'>>;
  readonly groups: Source<Group>;
  readonly rules: Source<Rule>;
  readonly embedKeys: Source<Pick<EmbedKey, 'name' | 'brandId'>>;
  readonly signingKeys: Source<Pick<SigningKeyView, 'name' | 'brandId' | 'groups'>>;
  readonly brands: Source<Pick<BrandSettings, 'name' | 'emergency'>>;
  readonly routes: Source<Route>;
  readonly numbers: Source<NumberEntry>;
  readonly webhooks: Source<Pick<Webhook, 'name' | 'brandId'>>;
  /** The brand that the configuration describes. */
  readonly defaultBrandId: BrandId;
}

/** Who names something, so that it can't be deleted under them. */
export class Uses {
  readonly #deps: UsesDeps;

  constructor(deps: UsesDeps) {
    this.#deps = deps;
  }

  /** `except`: whoever is of this brand. @throws DialbridgeError `inUse` */
  async demandGroupUnused(id: GroupId, except?: BrandId): Promise<void> {
    const { users, rules, signingKeys, routes, numbers } = this.#deps;
    const isOther = ({ brandId }: { brandId: BrandId | null }) => except === undefined || brandId !== except;
    demandNobody([
      ...named('user', await users.list(), (user) => user.groups.includes(id) && isOther(user) && user.userName),
      ...named('rule', await rules.list(), (rule) =>
        except === undefined && rule.from?.groups?.includes(id) ? (rule.name ?? rule.id) : false,
      ),
      ...named('signing key', await signingKeys.list(), (key) => key.groups.includes(id) && isOther(key) && key.name),
      ...named('route', await routes.list(), (route) =>
        except === undefined && route.groups?.includes(id) ? (route.name ?? route.id) : false,
      ),
      ...named('number', await numbers.list(), (number) => rings(number, id) && isOther(number) && number.id),
    ]);
  }

  /** @throws DialbridgeError `inUse` */
  async demandBrandUnused(id: BrandId): Promise<void> {
    const { users, groups, rules, embedKeys, signingKeys, routes, numbers, webhooks, defaultBrandId } = this.#deps;
    const isOf = ({ brandId }: { brandId: BrandId | null }) => brandId === id;
    demandNobody([
      ...(id === defaultBrandId ? ['the configuration (brand.id)'] : []),
      ...named('user', await users.list(), (user) => isOf(user) && user.userName),
      ...named('group', await groups.list(), (group) => isOf(group) && group.name),
      ...named('rule', await rules.list(), (rule) => rule.from?.brands?.includes(id) && (rule.name ?? rule.id)),
      ...named('embed key', await embedKeys.list(), (key) => isOf(key) && key.name),
      ...named('signing key', await signingKeys.list(), (key) => isOf(key) && key.name),
      ...named('route', await routes.list(), (route) => route.brands?.includes(id) && (route.name ?? route.id)),
      ...named('number', await numbers.list(), (number) => isOf(number) && number.id),
      ...named('webhook', await webhooks.list(), (webhook) => isOf(webhook) && webhook.name),
    ]);
  }

  /** @throws DialbridgeError `inUse` */
  async demandGatewayUnused(id: GatewayId): Promise<void> {
    const { routes, brands } = this.#deps;
    demandNobody([
      ...named(
        'route',
        await routes.list(),
        ({ gateways, name, id: routeId }) => gateways.some(({ gatewayId }) => gatewayId === id) && (name ?? routeId),
      ),
      ...named(
        'brand',
        await brands.list(),
        ({ emergency, name }) => emergency.mode === 'route' && emergency.gatewayIds.includes(id) && name,
      ),
    ]);
  }

  /** @throws DialbridgeError `inUse` */
  async demandEmbedKeyUnused(id: EmbedKeyId): Promise<void> {
    const rules = await this.#deps.rules.list();
    demandNobody(named('rule', rules, (rule) => rule.from?.embedKeys?.includes(id) && (rule.name ?? rule.id)));
  }
}

function rings({ destination, otherwise }: NumberEntry, groupId: GroupId): boolean {
  return [destination, otherwise?.destination].some((one) => one?.kind === 'group' && one.groupId === groupId);
}

/** More are counted and not named. */
const mostNamed = 3;

function demandNobody(users: readonly string[]): void {
  if (users.length === 0) return;
  const more = users.length - mostNamed;
  const by = [...users.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])];
  throw new DialbridgeError('inUse', { details: { by: by.join(', ') } });
}

function named<Entity>(
  kind: string,
  entities: readonly Entity[],
  nameOf: (entity: Entity) => string | false | undefined,
): string[] {
  return entities.flatMap((entity) => {
    const name = nameOf(entity);
    return name ? [`${kind} “${name}”`] : [];
  });
}
