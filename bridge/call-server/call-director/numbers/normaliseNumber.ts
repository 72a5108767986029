import { DialbridgeError } from '../../../../shared/errors/index.ts';
import { parseDestination } from './parseDestination.ts';

/** E.164 where the text can be read as a subscriber's number, else the text as it was written. */
export function normaliseNumber(text: string, country: string): string {
  try {
    const { isEmergency, e164 } = parseDestination(text, country);
    return isEmergency ? text.trim() : e164;
  } catch (error) {
    if (error instanceof DialbridgeError) return text.trim();
    throw error;
  }
}
