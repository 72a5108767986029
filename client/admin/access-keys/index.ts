export { accessKeysSection } from './accessKeysSection.tsx';
