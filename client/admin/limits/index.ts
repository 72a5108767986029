export { LimitFieldSet } from './LimitFieldSet.tsx';
export {
  type LimitFields,
  type LimitKey,
  limitFieldsOf,
  limitsInputOf,
  type SharedLimitKey,
} from './limitFields.ts';
