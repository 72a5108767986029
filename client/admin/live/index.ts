export { liveSection } from './liveSection.tsx';
