export { type Administration, type AdministrationDeps, createAdministration } from './createAdministration.ts';
export { type Actor, Actors, type AdministrativeRole, administrativeRoles } from './editing/Actor.ts';
export type { BaseRevision, Editor } from './editing/EntityEditor.ts';
export type { ListQuery } from './editing/EntityKind.ts';
export type { Page } from './editing/Page.ts';
