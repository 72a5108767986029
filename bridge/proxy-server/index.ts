export { type Gateway, gatewaySchema } from './Gateway.ts';
