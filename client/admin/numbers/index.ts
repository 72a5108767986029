export { numbersSection } from './numbersSection.tsx';
