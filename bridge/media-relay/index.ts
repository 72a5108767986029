export * from './MediaRelay.ts';
