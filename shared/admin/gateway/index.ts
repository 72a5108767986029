export { type GatewayAddress, gatewayAddressSchema } from './address.ts';
export { applyNumberRules } from './applyNumberRules.ts';
export {
  type Gateway,
  type GatewayDraft,
  type GatewaySeed,
  gatewayDraftSchema,
  gatewaySchema,
  gatewaySeedSchema,
} from './gateway.ts';
export { type GatewayCost, gatewayCostSchema } from './gatewaySettings.ts';
export * from './gatewayStatus.ts';
export * from './gatewayTest.ts';
export * from './gatewayView.ts';
export { type GatewayCreate, type GatewayWrite, gatewayCreateSchema, gatewayWriteSchema } from './gatewayWrite.ts';
export { type NumberRule, numberRuleSchema } from './numberRule.ts';
