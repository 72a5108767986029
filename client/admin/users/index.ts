export { usersSection } from './usersSection.tsx';
