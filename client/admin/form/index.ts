export { BrandField } from './BrandField.tsx';
export { ChangesLink } from './ChangesLink.tsx';
export { DeleteEntity } from './DeleteEntity.tsx';
export { describeExpectation, describeIssue } from './describeProblems.ts';
export { EntityLoader } from './EntityLoader.tsx';
export { EntityPanel } from './EntityPanel.tsx';
export { originOf } from './originOf.ts';
export { slugOf } from './slugOf.ts';
export { type BoundField, type EntityForm, type EntityFormOptions, useEntityForm } from './useEntityForm.ts';
