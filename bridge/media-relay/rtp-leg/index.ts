export type { IceCredentials } from './ice/index.ts';
export type { GatewaySourcePolicy, LegCodec, LegConfig, LegGateway, LegStatistics, PassedEvent } from './LegConfig.ts';
export type { LegDirection } from './RtpLegDeps.ts';
export type { DtmfTones } from './sending/DtmfSender.ts';
export type { RtpLegHandle } from './threads/RtpLegHandle.ts';
export { PortsExhaustedError, RtpLegPool, type RtpLegPoolDeps, type RtpLegPoolOptions } from './threads/RtpLegPool.ts';
