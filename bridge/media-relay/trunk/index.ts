export { LegToLegSession } from './LegToLegSession.ts';
