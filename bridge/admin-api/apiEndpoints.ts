import { adminEndpoints } from './admin/index.ts';
import { contactEndpoints } from './contactEndpoints.ts';
import type { Endpoint } from './endpoints/index.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';
import { historyEndpoints } from './historyEndpoints.ts';
import { descriptionEndpoint } from './open-api/index.ts';
import { operationEndpoints } from './operationEndpoints.ts';

/** What the API's endpoints are made of. */
export type ApiDeps = Pick<HttpAppDeps, 'administration' | 'brands' | 'contacts' | 'history' | 'holdings' | 'version'>;

/** Every endpoint that is served as it is described, a list per resource. */
export function apiEndpoints(deps: ApiDeps): readonly (readonly Endpoint[])[] {
  const lists = [
    contactEndpoints(deps),
    historyEndpoints(deps),
    ...adminEndpoints(deps.administration),
    operationEndpoints(deps),
  ];
  return [...lists, [descriptionEndpoint(lists.flat(), deps)]];
}
