export { AdminPage } from './AdminPage.tsx';
export { EntityListBody } from './EntityListBody.tsx';
export { EntityListPage, type PanelProps } from './EntityListPage.tsx';
export { type Action, useAction } from './useAction.ts';
export { type Panel, usePanel } from './usePanel.ts';
export { type Search, useSearch } from './useSearch.ts';
export { useSettled } from './useSettled.ts';
export { useSharedColumns } from './useSharedColumns.tsx';
export { useWhen } from './useWhen.ts';
