export type { Authorization, CallRequest } from './Authorization.ts';
export { CallAuthorizer, type CallAuthorizerDeps } from './CallAuthorizer.ts';
export { CallDirector, type CallDirectorDeps, type CallDirectorOptions } from './CallDirector.ts';
export { normaliseNumber } from './numbers/normaliseNumber.ts';
export type { Destination } from './numbers/parseDestination.ts';
export { RateBook, type RateBookDeps } from './rates/RateBook.ts';
export { RuleBook, type RuleBookDeps } from './rules/RuleBook.ts';
export { Days } from './time/Days.ts';
export { ZoneClocks } from './time/ZoneClock.ts';
