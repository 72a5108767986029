import { describe, expect, it } from 'vitest';
import { embedKeySchema, ruleSchema } from '../../../shared/admin/index.ts';
import type { EmbedKeyId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { callClient } from '../testing/callClient.ts';
import { createAuthorizer } from './testing/createAuthorizer.ts';

const clock = new FakeClock();
const rule = (to: object) => ruleSchema.parse({ id: 'r', action: 'allow', to });
const everything = createAuthorizer({ clock, rules: [rule({ prefix: '+' })] });
const toTheUnitedStates = createAuthorizer({ clock, rules: [rule({ countries: ['US'] })] });
const byKey = createAuthorizer({
  clock,
  embedKeys: [
    embedKeySchema.parse({
      id: 'pk_shop',
      name: 'Shop',
      brandId: 'b1',
      origins: ['https://shop.example'],
      destinations: [{ number: '+12025550123' }, { number: '+1', isPrefix: true }],
      createdAtMs: 0,
    }),
  ],
});
const alice = callClient('alice');
const visitor = callClient('visitor', {
  entry: { kind: 'embedKey', embedKeyId: 'pk_shop' as EmbedKeyId, origin: 'https://shop.example' },
});

/** Code of the refusal, or the number that would be called. */
async function outcome(authorizer: typeof everything, destination: string, client = alice): Promise<string> {
  try {
    return (await authorizer.authorize({ client, destination })).calledNumber;
  } catch (error) {
    if (error instanceof DialbridgeError) return error.code;
    throw error;
  }
}

/** Patterns of toll fraud as carriers and telephone systems see them; each must be refused. */
describe('under a rule that allows every number', () => {
  it.each([
    ['North American pay-per-call', '+19005550123'],
    ['the same where the plan has no such number', '+19000550123'],
    ['the same as dialled at home', '1-900-555-0123'],
    ['the same without the trunk digit', '(900) 555-0123'],
    ['the same spelled', '1-900-FLOWERS'],
    ['a local pay-per-call exchange', '+1 212 976 1234'],
    ['premium rate in the United Kingdom', '+44 909 555 0123'],
    ['the same through the international prefix', '011 44 909 555 0123'],
    ['the same through the prefix of elsewhere', '00 44 909 555 0123'],
    ['premium rate in Germany', '+49 900 1 234567'],
    ['premium rate in France', '+33 899 12 34 56'],
    ['premium rate in Spain', '+34 803 123 456'],
    ['premium rate in Switzerland', '+41 900 123 456'],
    ['premium rate in Italy', '+39 899 123 456'],
    ['premium rate in Germany with a digit too many', '+49 900 1 2345678'],
    ['premium rate in Italy with a digit too many', '+39 899 123 4567'],
    ['premium rate in Finland with digits too many', '+358 600 1234 5678'],
    ['premium rate in Japan with a digit too many', '+81 990 123 4567'],
    ['international premium rate', '+979 1 2345 6789'],
    ['Inmarsat', '+870 772 001 234'],
    ['Iridium', '+881 6 1234 5678'],
    ['Globalstar', '+881 8 1234 5678'],
    ['a satellite system through the international prefix', '011 881 6 1234 5678'],
    ['EMS', '+882 13 12345'],
    ['Thuraya', '+882 16 1234 5678'],
    ['Garuda', '+882 20 12345'],
    ['a network of no country', '+882 99 12345'],
    ['another network of no country', '+883 5100 1234 5678'],
    ['spaces between all digits', '+ 1 9 0 0 5 5 5 0 1 2 3'],
    ['spaces of other kinds', '+1\u2003900\u00a0555\u200901\u202f23'],
    ['invisible marks between the digits', '+1\u200b9\u200d0\u20600\u00ad5550123'],
    ['a mark that turns the direction', '\u202e+19005550123'],
    ['fullwidth digits', '＋１９００５５５０１２３'],
    ['Arabic-Indic digits', '+١٩٠٠٥٥٥٠١٢٣'],
    ['Devanagari digits', '+१९००५५५०१२३'],
    ['a tel: address', 'tel:+1-900-555-0123'],
    ['a zero that the plan doesn’t have', '+44 (0)909 555 0123'],
  ])('%s is refused as an expensive number: %j', async (_, destination) =>
    expect(await outcome(everything, destination)).toBe('highRiskNumber'),
  );

  it.each([
    ['an international prefix behind the plus', '+00 44 20 7946 0958'],
    ['the same for a premium-rate number', '+0019005550123'],
    ['the same by the North American prefix', '+011 44 909 555 0123'],
    ['a carrier’s access code in front', '1010321 1 900 555 0123'],
    ['a star code that forwards calls', '*72 900 555 0123'],
    ['a star code that hides the caller', '*67 19005550123'],
    ['a number sign', '19005550123#'],
    ['a pause and a second number', '+12025550123,,19005550123'],
    ['a wait and a second number', '+12025550123w19005550123'],
    ['a second plus', '+12025550123+19005550123'],
    ['a second number behind a semicolon', '+12025550123;19005550123'],
    ['a second number as extension', '+12025550123 ext 19005550123'],
    ['a second number as x', '+12025550123x9005550123'],
    ['more digits than a number has', '+1202555012319005550123'],
    ['a SIP address', 'sip:+12025550123@evil.example'],
    ['a secure SIP address', 'sips:+12025550123@evil.example'],
    ['a SIP address with a transport', 'sip:12025550123;transport=tcp'],
    ['a user at a host', '+12025550123@evil.example'],
    ['an address that goes further', 'sip:+12025550123@gw.example?Route=%3Csip:evil.example%3E'],
    ['tel: with an extension', 'tel:+12025550123;ext=19005550123'],
    ['tel: with a context', 'tel:5550123;phone-context=+1900'],
    ['tel: with a subaddress', 'tel:+12025550123;isub=1'],
    ['tel: with a routing number', 'tel:+12025550123;rn=+19005550123;npdi'],
    ['an escaped plus', '%2B19005550123'],
    ['an escaped line end', '+12025550123%0d%0aRoute:%20x'],
    ['header fields behind the number', '+12025550123\r\nRoute: <sip:evil.example>'],
    ['a line end at its end', '+12025550123\r\n'],
    ['an angle bracket', '+12025550123><sip:evil'],
    ['a quote', '"+12025550123"'],
    ['a zero byte', '+12025550123\0'],
    ['a vertical tab', '+1202\v5550123'],
    ['a line separator', '+12025550123\u2028'],
    ['superscript digits', '+1202555012³'],
    ['mathematical digits', '+𝟏𝟗𝟎𝟎𝟓𝟓𝟓𝟎𝟏𝟐𝟑'],
    ['circled digits', '+①②0 2555 0123'],
    ['Roman numerals', '+ⅠⅨ005550123'],
    ['a letter that looks like a digit', '+1 9OO 555 0123'],
    ['a dash that no editor writes', '+1~900~555~0123'],
    ['a number without a country', '+999 123 456 789'],
    ['a short code', '411'],
    ['nothing', ''],
  ])('%s is no number: %j', async (_, destination) =>
    expect(await outcome(everything, destination)).toBe('notAPhoneNumber'),
  );

  it.each([['911'], ['+1 911'], ['9 1 1'], ['１１２'], ['tel:112'], ['+44 999']])(
    'the emergency number %j is refused, since the brand doesn’t route it',
    async (destination) => expect(await outcome(everything, destination)).toBe('emergencyNotServed'),
  );
});

describe('under a rule that allows the United States', () => {
  it.each([
    ['242', '246', '264', '268', '284', '340', '345', '441', '473', '649', '658', '664', '721', '758', '767', '784'],
    ['787', '809', '829', '849', '868', '869', '876', '939', '670', '671', '684'],
  ])('no number of the islands that share +1 may be called', async (...areaCodes) => {
    for (const areaCode of areaCodes) {
      expect([areaCode, await outcome(toTheUnitedStates, `+1${areaCode}5550123`)]).toEqual([areaCode, 'noRuleAllows']);
      // As somebody who was called by it and calls back would dial it.
      expect([areaCode, await outcome(toTheUnitedStates, `${areaCode}-555-0123`)]).toEqual([areaCode, 'noRuleAllows']);
    }
  });

  it.each([['+1 416 555 0123'], ['+1 900 555 0123'], ['+1 555 010 0001']])('nor %s', async (destination) =>
    expect(await outcome(toTheUnitedStates, destination)).toMatch(/^(noRuleAllows|highRiskNumber)$/),
  );

  it.each([
    // Countries whose numbers ring once and want to be called back.
    ['+216 71 123 456'],
    ['+222 45 12 34 56'],
    ['+225 07 12 34 56 78'],
    ['+232 25 123 456'],
    ['+245 443 1234'],
    ['+247 62123'],
    ['+252 61 1234567'],
    ['+261 20 12 345 67'],
    ['+269 773 1234'],
    ['+355 4 212 3456'],
    ['+371 63 123 456'],
    ['+381 10 123 4567'],
    ['+53 7 123 4567'],
    ['+563 2 234 5678'],
    ['+592 218 1234'],
    ['+675 312 3456'],
    ['+676 20 123'],
    ['+677 40 123'],
    ['+682 21 234'],
    ['+688 20 123'],
    ['+690 3 010'],
    ['+960 301 2345'],
    ['011 232 25 123 456'],
  ])('nor %s, whose one ring was to be called back', async (destination) =>
    expect(await outcome(toTheUnitedStates, destination)).toBe('noRuleAllows'),
  );

  it('numbers of the United States may', async () => {
    expect(await outcome(toTheUnitedStates, '202 555 0123')).toBe('+12025550123');
  });
});

describe('by an embed key that names numbers beginning with +1', () => {
  it.each([
    ['+19005550123', 'highRiskNumber'],
    ['900 555 0123', 'highRiskNumber'],
    ['+881612345678', 'destinationNotAllowed'],
    ['011 44 20 7946 0958', 'destinationNotAllowed'],
    ['sip:+12025550123@evil.example', 'notAPhoneNumber'],
    ['+12025550123,19005550123', 'notAPhoneNumber'],
    ['911', 'emergencyNotServed'],
  ])('%j is refused: %s', async (destination, code) => expect(await outcome(byKey, destination, visitor)).toBe(code));

  it('an ordinary one may be called', async () => {
    expect(await outcome(byKey, '+12025550199', visitor)).toBe('+12025550199');
  });
});
