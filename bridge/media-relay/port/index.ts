export * from './GatewayAudio.ts';
export * from './MediaError.ts';
export * from './MediaRelay.ts';
export * from './MediaSession.ts';
export * from './mediaStats.ts';
export * from './TrunkSession.ts';
