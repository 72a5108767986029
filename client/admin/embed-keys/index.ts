export { embedKeysSection } from './embedKeysSection.tsx';
