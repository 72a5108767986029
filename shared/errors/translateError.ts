import { type ErrorDetails, fillText } from './DialbridgeError.ts';
import type { ErrorCode } from './errorTable.ts';
import { errorTextsDe } from './errorTexts.de.ts';
import { errorTextsEn } from './errorTexts.en.ts';
import { errorTextsEs } from './errorTexts.es.ts';
import { errorTextsFr } from './errorTexts.fr.ts';
import type { WireError } from './toWireError.ts';

/** The sentences of errors, by the first part of the language's tag (BCP 47). */
const errorTextsByLanguage = new Map<string, Readonly<Record<ErrorCode, string>>>([
  ['en', errorTextsEn],
  ['de', errorTextsDe],
  ['es', errorTextsEs],
  ['fr', errorTextsFr],
]);

/** Languages that errors can be said in. */
export const errorLanguages: readonly string[] = [...errorTextsByLanguage.keys()];

interface Said {
  readonly code: ErrorCode;
  readonly details?: ErrorDetails | undefined;
}

/** The sentence for the person in a language (BCP 47: `de`, `de-CH`); in English where there is no translation. */
export function translateError({ code, details = {} }: Said, language: string): string {
  const [primary = ''] = language.toLowerCase().split('-');
  return fillText((errorTextsByLanguage.get(primary) ?? errorTextsEn)[code], details);
}

/** The same error, saying its sentence in this language. */
export function translateWireError(error: WireError, language: string): WireError {
  return { ...error, message: translateError(error, language) };
}
