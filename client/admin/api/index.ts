export { AdminApi, type ListFilter, type Page, pathOf, queryOf } from './AdminApi.ts';
export { AdminProvider, useAdminApi } from './AdminProvider.tsx';
export { type CreateOf, type EntityKind, type EntityOf, entityKinds, type WriteOf } from './entityKinds.ts';
export { useEntities } from './useEntities.ts';
export { type EntityState, useEntity } from './useEntity.ts';
export { type Live, useLive } from './useLive.ts';
export { type Option, type Options, useOptions } from './useOptions.ts';
export { type PagedList, usePages } from './usePages.ts';
