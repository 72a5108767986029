export { DialogKeeper } from './DialogKeeper.ts';
export { endLeftovers } from './endLeftovers.ts';
