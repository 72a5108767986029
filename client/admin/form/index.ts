export { DeleteEntity } from './DeleteEntity.tsx';
export { describeExpectation, describeIssue } from './describeIssue.ts';
export { EntityLoader } from './EntityLoader.tsx';
export { EntityPanel } from './EntityPanel.tsx';
export { type EntityForm, type EntityFormOptions, useEntityForm } from './useEntityForm.ts';
