export { LowdbAddressBookStore } from './LowdbAddressBookStore.ts';
export { LowdbCollection } from './LowdbCollection.ts';
