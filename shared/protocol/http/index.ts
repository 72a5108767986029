export * from './contacts.ts';
export * from './history.ts';
export * from './session.ts';
