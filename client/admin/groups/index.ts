export { groupsSection } from './groupsSection.tsx';
