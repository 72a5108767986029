export { GatewayMonitor, type GatewayMonitorOptions } from './GatewayMonitor.ts';
export type { GatewayStatus } from './GatewayStatus.ts';
export { ProxyServer } from './ProxyServer.ts';
export type { GatewaySelection, SelectionStep } from './selectGateways.ts';
export { toSipPeer } from './toSipPeer.ts';
