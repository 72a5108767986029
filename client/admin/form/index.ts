export { BrandField } from './BrandField.tsx';
export { describeDraft, describeExpectation, describeIssue } from './describeProblems.ts';
export type { BoundField, EntityForm, EntityFormOptions } from './EntityForm.ts';
export { EntityLoader } from './EntityLoader.tsx';
export { EntityPanel } from './EntityPanel.tsx';
export { KeptEntityPanel } from './KeptEntityPanel.tsx';
export { originOf } from './originOf.ts';
export { slugOf } from './slugOf.ts';
export { useEntityForm } from './useEntityForm.ts';
