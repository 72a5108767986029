import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import { anyText } from '../../../../shared/testing/anyText.ts';
import { parseDestination } from './parseDestination.ts';

/** The number in E.164, an emergency number with a word before it, or the code of the error. */
function codeOf(text: string, country: string): string {
  try {
    const { isEmergency, e164 } = parseDestination(text, country);
    return isEmergency ? `emergency ${e164}` : e164;
  } catch (error) {
    if (error instanceof DialbridgeError) return error.code;
    throw error;
  }
}

describe('parseDestination reads', () => {
  it.each([
    ['+12025550123', 'DE', '+12025550123'],
    ['+1 (202) 555-0123', 'US', '+12025550123'],
    ['202.555.0123', 'US', '+12025550123'],
    ['1 202 555 0123', 'US', '+12025550123'],
    ['(+44) 20 7946 0958', 'US', '+442079460958'],
    ['+44 (0)20 7946 0958', 'US', '+442079460958'],
    ['011 44 20 7946 0958', 'US', '+442079460958'],
    ['00 44 20 7946 0958', 'DE', '+442079460958'],
    ['0011 44 20 7946 0958', 'AU', '+442079460958'],
    ['8 10 44 20 7946 0958', 'RU', '+442079460958'],
    ['00 44 20 7946 0958', 'US', '+442079460958'],
    ['030/123456', 'DE', '+4930123456'],
    ['06 1234 5678', 'IT', '+390612345678'],
    ['tel:+1-202-555-0123', 'DE', '+12025550123'],
    ['TEL:030-123456', 'DE', '+4930123456'],
    ['\u202d+1 202 555 0123\u202c', 'DE', '+12025550123'],
    ['+1\u00a0202\u2011555\u20110123', 'DE', '+12025550123'],
    ['\t+1 202 555 0123 ', 'DE', '+12025550123'],
    ['＋１２０２５５５０１２３', 'JP', '+12025550123'],
    ['٠٣٠١٢٣٤٥٦', 'DE', '+4930123456'],
    ['1-800-FLOWERS', 'US', '+18003569377'],
    ['+1 800 flowers', 'DE', '+18003569377'],
    ['13 TAXI', 'AU', '+61138294'],
    ['22158', 'SH', '+29022158'],
    ['+800 1234 5678', 'US', '+80012345678'],
    // Right length, not assigned: the network answers that, not our metadata.
    ['+1 555 010 0001', 'US', '+15550100001'],
  ])('%j in %s as %s', (text, country, e164) => expect(parseDestination(text, country).e164).toBe(e164));

  it('the country and a form for people', () => {
    expect(parseDestination('020 7946 0958', 'GB')).toMatchObject({
      e164: '+442079460958',
      isEmergency: false,
      country: 'GB',
      formatted: '+44 20 7946 0958',
    });
    expect(parseDestination('+800 1234 5678', 'GB').country).toBeNull();
  });

  it('the countries that a number may be in where its own can’t be told', () => {
    expect(parseDestination('+1 555 010 0001', 'US').possibleCountries).toEqual(expect.arrayContaining(['US', 'JM']));
    expect(parseDestination('+1 202 555 0123', 'US').possibleCountries).toEqual([]);
  });

  it.each([
    ['+442079460958', 'fixedLine'],
    ['+447400123456', 'mobile'],
    ['+12025550123', 'fixedLineOrMobile'],
    ['+18003569377', 'tollFree'],
    ['+80012345678', 'tollFree'],
    ['+19005550123', 'premiumRate'],
    // Not assigned by the metadata, and all the same nobody's ordinary number.
    ['+19000550123', 'premiumRate'],
    ['+12129761234', 'premiumRate'],
    ['+449095550123', 'premiumRate'],
    ['+979123456789', 'premiumRate'],
    ['+80812345678', 'sharedCost'],
    ['+447012345678', 'personalNumber'],
    ['+443001234567', 'uan'],
    ['+878101234567890', 'voip'],
    ['+870772001234', 'satellite'],
    ['+881612345678', 'satellite'],
    ['+88213123456', 'satellite'],
    ['+8821612345678', 'satellite'],
    ['+88220123456', 'satellite'],
    ['+88210123456', 'internationalNetwork'],
    ['+883510012345678', 'internationalNetwork'],
    ['+15550100001', 'unknown'],
  ])('%s as a number of the kind %s', (number, type) => expect(parseDestination(number, 'US').type).toBe(type));
});

describe('parseDestination refuses', () => {
  it.each([
    [''],
    [' '],
    ['+'],
    ['hello'],
    ['202555012'],
    ['+1202555012'],
    ['+12025550123456789'],
    ['++12025550123'],
    ['1202+5550123'],
    ['+1 202 555 0123 ext 5'],
    ['+1 202 555 0123 ext'],
    ['+1 202 555 0123x5'],
    ['+1 202 555 0123 mobile'],
    ['tel:+12025550123;ext=5'],
    ['tel:+12025550123;phone-context=example.com'],
    ['tel:tel:+12025550123'],
    ['sip:+12025550123@example.com'],
    ['sips:alice@example.com'],
    ['+12025550123@example.com'],
    ['+12025550123%0d%0aX: y'],
    ['+12025550123\r\nRoute: <sip:evil>'],
    ['+12025550123\n'],
    ['\u0000+12025550123'],
    ['+12025550123\u2028'],
    ['+1202555012³'],
    ['*67 202 555 0123'],
    ['202 555 0123#'],
    ['202,555,0123'],
    ['+999 123456'],
    ['411'],
    ['1202555012３４５６７８'],
    ['9'.repeat(101)],
  ])('%j', (text) => expect(codeOf(text, 'US')).toBe('notAPhoneNumber'));

  it('short codes that only look like a subscriber', () => expect(codeOf('1155', 'DE')).toBe('notAPhoneNumber'));
  it('words behind an ordinary German number', () => expect(codeOf('030 123456 mobil', 'DE')).toBe('notAPhoneNumber'));
  it('national format where the country is unknown', () => expect(codeOf('030 123456', 'XX')).toBe('notAPhoneNumber'));

  it('shows what was written without its control characters', () => {
    expect(() => parseDestination('12\r\n34', 'US')).toThrow('“12  34” is not a complete phone number');
  });

  it('an international prefix behind a plus', () => {
    expect(codeOf('+0044 20 7946 0958', 'DE')).toBe('notAPhoneNumber');
    expect(codeOf('+0112 0794 60958', 'US')).toBe('notAPhoneNumber');
  });
});

describe('parseDestination tells the emergency number', () => {
  it.each([
    ['112', 'US', '112', 'US'],
    ['911', 'DE', '911', 'DE'],
    ['9-1-1', 'US', '911', 'US'],
    ['999', 'GB', '999', 'GB'],
    ['110', 'DE', '110', 'DE'],
    ['+49 110', 'DE', '110', 'DE'],
    ['+49 110', 'US', '110', 'DE'],
    ['+1 911', 'US', '911', 'US'],
    ['+44 999', 'US', '999', null],
    ['0044 112', 'DE', '112', null],
    ['tel:112', 'XX', '112', 'XX'],
    ['١١٢', 'EG', '112', 'EG'],
    ['000', 'AU', '000', 'AU'],
    ['10111', 'ZA', '10111', 'ZA'],
  ])('%j in %s as %s of %s', (text, country, digits, itsCountry) =>
    expect(parseDestination(text, country)).toMatchObject({ isEmergency: true, e164: digits, country: itsCountry }),
  );
});

describe('parseDestination on any text', () => {
  it('answers E.164 or refuses, and never anything else', () => {
    const alphabet = fc.constantFrom(...'+0123456789 ()-./;@*#xA\r\n\u0660\uff0b\u200e'.split(''));
    const text = fc.oneof(fc.string({ unit: alphabet, maxLength: 30 }), anyText({ maxLength: 40 }));
    fc.assert(
      fc.property(text, fc.constantFrom('US', 'DE', 'IT', 'SH', 'XX', '__proto__'), (written, country) => {
        const outcome = codeOf(written, country);
        expect(outcome).toMatch(/^(\+[1-9]\d{4,16}|notAPhoneNumber|emergency \d{2,5})$/);
      }),
      { numRuns: 2000 },
    );
  });
});
