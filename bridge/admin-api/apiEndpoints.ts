import { adminEndpoints } from './admin/index.ts';
import { contactEndpoints } from './contactEndpoints.ts';
import type { Endpoint } from './endpoints/index.ts';
import type { HttpAppDeps } from './HttpAppDeps.ts';
import { historyEndpoints } from './historyEndpoints.ts';
import { operationEndpoints } from './operationEndpoints.ts';

/** What the API's endpoints are made of. */
export type ApiDeps = Pick<HttpAppDeps, 'administration' | 'brands' | 'contacts' | 'history' | 'holdings'>;

/** Every endpoint that is served as it is described, a list per resource. */
export function apiEndpoints(deps: ApiDeps): readonly (readonly Endpoint[])[] {
  return [
    contactEndpoints(deps),
    historyEndpoints(deps),
    ...(deps.administration ? adminEndpoints(deps.administration) : []),
    operationEndpoints(deps),
  ];
}
