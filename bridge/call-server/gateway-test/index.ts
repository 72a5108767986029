export { GatewayTester, type GatewayTesterDeps } from './GatewayTester.ts';
