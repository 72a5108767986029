export { signingKeysSection } from './signingKeysSection.tsx';
