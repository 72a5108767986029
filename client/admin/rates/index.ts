export { ratesSection } from './ratesSection.tsx';
