export { PrefixesField } from './form/LongListFields.tsx';
export { parsePrefixes, writePrefixes } from './form/longLists.ts';
export { gatewaysSection } from './gatewaysSection.tsx';
