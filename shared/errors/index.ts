export { DialbridgeError, type ErrorDetails, type ErrorOptions } from './DialbridgeError.ts';
export { describeExpected } from './describeExpected.ts';
export { type ErrorCode, type ErrorMeaning, errorCodeSchema, errorTable } from './errorTable.ts';
export { errorTextsDe } from './errorTexts.de.ts';
export { errorTextsEn } from './errorTexts.en.ts';
export { errorTextsEs } from './errorTexts.es.ts';
export { errorTextsFr } from './errorTexts.fr.ts';
export { describeIssues, invalidSetting, type SettingProblem } from './invalidSetting.ts';
export { fromWireError, toWireError, type WireError, wireErrorSchema } from './toWireError.ts';
