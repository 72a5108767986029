export type { CallAdmission } from './CallAdmission.ts';
export { CallLimits, type CallLimitsDeps } from './CallLimits.ts';
export { toRefusal } from './toRefusal.ts';
