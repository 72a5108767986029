import { DialbridgeError } from '../../../shared/errors/index.ts';
import { parseDestination } from './parseDestination.ts';

/** E.164 where the text can be read as a number that can be called, else the text as it was written. */
export function normaliseNumber(text: string, country: string): string {
  try {
    return parseDestination(text, country).e164;
  } catch (error) {
    if (error instanceof DialbridgeError) return text.trim();
    throw error;
  }
}
