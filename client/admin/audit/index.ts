export { auditSection } from './auditSection.tsx';
