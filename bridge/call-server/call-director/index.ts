export type { Authorization, CallRequest } from './Authorization.ts';
export { CallAuthorizer, type CallAuthorizerDeps } from './CallAuthorizer.ts';
export { CallDirector, type CallDirectorDeps, type CallDirectorOptions } from './CallDirector.ts';
export { type OrderedRule, orderRules } from './matchRule.ts';
export { normaliseNumber } from './normaliseNumber.ts';
export type { Destination, E164 } from './parseDestination.ts';
export { RuleBook, type RuleBookDeps } from './RuleBook.ts';
