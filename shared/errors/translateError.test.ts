import { describe, expect, it } from 'vitest';
import { DialbridgeError } from './DialbridgeError.ts';
import { toWireError } from './toWireError.ts';
import { translateError, translateWireError } from './translateError.ts';

describe('an error in the language of a person', () => {
  const error = new DialbridgeError('noRuleAllows', { details: { number: '+49 30 1' }, retryAfterMs: 5 });

  it.each(['de', 'DE', 'de-CH', 'de-Latn-AT'])('is German for %s, its details filled in', (language) => {
    expect(translateError(error, language)).toMatch(/^Ihr Konto darf \+49 30 1 nicht anrufen/);
  });

  it.each(['en', 'en-GB', 'nl', 'd', '', '__proto__', 'constructor'])('is English for %j', (language) => {
    expect(translateError(error, language)).toBe(error.message);
  });

  it('keeps everything else on the wire', () => {
    const wire = toWireError(error);
    const german = translateWireError(wire, 'de');
    expect(german).toEqual({ ...wire, message: translateError(error, 'de') });
    expect(german.message).not.toBe(wire.message);
  });
});
