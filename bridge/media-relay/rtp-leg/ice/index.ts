export type { IceCredentials } from './answerCheck.ts';
export { IcePath } from './IcePath.ts';
