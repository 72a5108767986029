export { LowdbAddressBookStore } from './LowdbAddressBookStore.ts';
export { openCollectionFiles } from './openCollectionFiles.ts';
