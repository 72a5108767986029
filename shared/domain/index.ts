export * from './call.ts';
export * from './codec.ts';
export * from './dtmf.ts';
export * from './ids.ts';
export * from './numberType.ts';
