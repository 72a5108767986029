export type { DtmfTones } from './DtmfSender.ts';
export type { IceCredentials } from './ice/index.ts';
export type { GatewaySourcePolicy, LegCodec, LegConfig, LegGateway, LegStatistics, PassedEvent } from './LegConfig.ts';
export type { LegDirection } from './RtpLegDeps.ts';
export type { RtpLegHandle } from './RtpLegHandle.ts';
export { PortsExhaustedError, RtpLegPool, type RtpLegPoolDeps, type RtpLegPoolOptions } from './RtpLegPool.ts';
