export { webhooksSection } from './webhooksSection.tsx';
