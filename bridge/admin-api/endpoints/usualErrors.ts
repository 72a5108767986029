import type { ErrorCode } from '../../../shared/errors/index.ts';
import type { EndpointDescription } from './Endpoint.ts';

/** Every refusal that an endpoint may answer with: what it names, and what follows from its door and its input. */
export function errorsOf(endpoint: EndpointDescription): readonly ErrorCode[] {
  const { caller, body, ifMatch, params, query, feature, errors = [] } = endpoint;
  const codes: ErrorCode[] = [...errors];
  if (caller !== 'anybody')
    codes.push('unauthenticated', 'sessionExpired', 'signedOutEverywhere', 'accountDisabled', 'forbidden');
  if (feature) codes.push('featureOff');
  if (body) codes.push('badRequest', 'tooLarge');
  if (body || query || params) codes.push(badInputOf(endpoint));
  if (params) codes.push('notFound');
  if (ifMatch) codes.push('badRequest', 'conflict');
  return [...new Set(codes)].sort();
}

export function badInputOf({ caller, badInput }: EndpointDescription): 'invalidSetting' | 'badRequest' {
  return badInput ?? (caller === 'administrator' ? 'invalidSetting' : 'badRequest');
}
