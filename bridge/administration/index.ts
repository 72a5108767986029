export { type Actor, Actors, type AdministrativeRole, administrativeRoles } from './Actor.ts';
export { type Administration, type AdministrationDeps, createAdministration } from './createAdministration.ts';
export type { BaseRevision, Editor } from './EntityEditor.ts';
export type { ListQuery } from './EntityKind.ts';
export type { Page } from './Page.ts';
