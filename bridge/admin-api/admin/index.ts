import type { Administration } from '../../administration/index.ts';
import type { Endpoint } from '../endpoints/index.ts';
import { accessKeyEndpoints } from './accessKeyEndpoints.ts';
import { auditEndpoints } from './auditEndpoints.ts';
import { brandEndpoints } from './brandEndpoints.ts';
import { callEndpoints } from './calls/callEndpoints.ts';
import { liveEndpoints } from './calls/liveEndpoints.ts';
import { embedKeyEndpoints } from './embedKeyEndpoints.ts';
import { explainEndpoints } from './explainEndpoints.ts';
import { gatewayEndpoints } from './gatewayEndpoints.ts';
import { groupEndpoints } from './groupEndpoints.ts';
import { numberEndpoints } from './numberEndpoints.ts';
import { rateEndpoints } from './rateEndpoints.ts';
import { routeEndpoints } from './routeEndpoints.ts';
import { ruleEndpoints } from './ruleEndpoints.ts';
import { signingKeyEndpoints } from './signingKeyEndpoints.ts';
import { userEndpoints } from './userEndpoints.ts';
import { webhookEndpoints } from './webhookEndpoints.ts';

/** Everything below `/api/v1/admin`, a list per resource. */
export function adminEndpoints(administration: Administration): readonly (readonly Endpoint[])[] {
  return [
    userEndpoints(administration),
    groupEndpoints(administration),
    ruleEndpoints(administration),
    explainEndpoints(administration),
    rateEndpoints(administration),
    callEndpoints(administration),
    liveEndpoints(administration),
    gatewayEndpoints(administration),
    routeEndpoints(administration),
    numberEndpoints(administration),
    brandEndpoints(administration),
    embedKeyEndpoints(administration),
    signingKeyEndpoints(administration),
    accessKeyEndpoints(administration),
    webhookEndpoints(administration),
    auditEndpoints(administration),
  ];
}
