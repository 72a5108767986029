/** A small telephone network on loopback for newcomers and tests; see README.md. */
export type { DemoGateway, DemoGatewayHoldings, DemoGatewayOptions } from './DemoGateway.ts';
export { type DemoNumber, demoNumbers } from './demoNumbers.ts';
export { startDemoGateway } from './startDemoGateway.ts';
