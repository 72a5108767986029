export { DialbridgeError, type ErrorDetails, type ErrorOptions } from './DialbridgeError.ts';
export { type ErrorCode, type ErrorMeaning, errorCodeSchema, errorTable } from './errorTable.ts';
export { errorTextsEn } from './errorTexts.en.ts';
export { fromWireError, toWireError, type WireError, wireErrorSchema } from './toWireError.ts';
