export { routesSection } from './routesSection.tsx';
