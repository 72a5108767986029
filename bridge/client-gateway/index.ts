export { ClientGateway } from './ClientGateway.ts';
export type { ClientGatewayDeps, ClientGatewayOptions } from './ClientGatewayDeps.ts';
