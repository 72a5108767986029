export { callsSection } from './callsSection.tsx';
