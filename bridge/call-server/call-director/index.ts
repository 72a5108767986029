export { type Rule, ruleSchema } from './Rule.ts';
