export { AdminPage } from './AdminPage.tsx';
export { BrandFilter, useBrandFilter } from './BrandFilter.tsx';
export { EntityListBody } from './EntityListBody.tsx';
export { type Action, useAction } from './useAction.ts';
export { type Panel, usePanel } from './usePanel.ts';
export { useSearch } from './useSearch.ts';
export { useSettled } from './useSettled.ts';
