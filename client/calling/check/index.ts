export { type CheckFigures, type CheckFinding, checkFindings } from './judgeCheck.ts';
export { createLevelMeter } from './LevelMeter.ts';
export { type CheckState, PhoneCheck } from './PhoneCheck.ts';
