export * from './audit.ts';
export * from './brand.ts';
export * from './callRecord.ts';
export * from './callTrace.ts';
export * from './explain.ts';
export * from './gateway/index.ts';
export {
  addressRangeSchema,
  callerNumberSchema,
  countrySchema,
  keptFields,
  originPatternSchema,
  plainText,
  prefixSchema,
  slugSchema,
  timeZoneSchema,
} from './kept.ts';
export * from './keys.ts';
export * from './limits.ts';
export * from './liveCall.ts';
export * from './number.ts';
export { originMatcher } from './originMatcher.ts';
export * from './rate.ts';
export * from './route.ts';
export * from './rule.ts';
export * from './user.ts';
export * from './webhook/index.ts';
