export { gatewaysSection } from './gatewaysSection.tsx';
