export { rulesSection } from './rulesSection.tsx';
