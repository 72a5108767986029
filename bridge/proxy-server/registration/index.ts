export type { AddressOfRecord, ContactBinding } from './ContactBinding.ts';
export { Registrations } from './Registrations.ts';
