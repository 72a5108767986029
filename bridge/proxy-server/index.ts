export type { GatewayCallReport } from './GatewayCallReport.ts';
export { GatewayBook } from './gateways/GatewayBook.ts';
export { toSipPeer } from './gateways/toSipPeer.ts';
export { ProxyServer } from './ProxyServer.ts';
export type { GatewaySelection, SelectionRequest, SelectionStep } from './selection/SelectionRequest.ts';
export { GatewayMonitor, type GatewayMonitorOptions } from './status/GatewayMonitor.ts';
export type { GatewayStatus } from './status/GatewayStatus.ts';
