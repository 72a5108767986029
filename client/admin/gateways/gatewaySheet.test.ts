import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GatewayView, gatewayViewSchema } from '../../../shared/admin/index.ts';
import { anyText } from '../../../shared/testing/anyText.ts';
import { addAdminWords } from '../../app/translations/admin/addAdminWords.ts';
import { createTranslations } from '../../app/translations/createTranslations.ts';
import { draftOf, isSameDraft } from '../sheet/EntitySheet.ts';
import { readSheet } from '../sheet/readSheet.ts';
import { writeSheetCsv, writeSheetJson } from '../sheet/writeSheet.ts';
import { viewGateway } from '../testing/viewGateway.ts';
import { gatewaySheet } from './gatewaySheet.ts';

const translations = createTranslations('en');
addAdminWords(translations);
const { t } = translations;

const viewOf = (draft: object): GatewayView =>
  gatewayViewSchema.parse({ revision: 3, updatedAtMs: 5, ...viewGateway(draft, undefined) });
const read = (text: string, present: readonly GatewayView[] = []) => {
  const reading = readSheet({ sheet: gatewaySheet, text, present, t });
  if (reading.kind !== 'items') throw new Error(reading.text);
  return reading;
};

const digits = (max: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: max });
const prefix = digits(15).map((text) => `+${text}`);
/** As `plainText` keeps it: no control characters, nothing around it. */
const words = anyText({ minLength: 1, maxLength: 40 })
  .map((text) => text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, '').trim())
  .filter((text) => text !== '');
const anything = fc.oneof(words, fc.constantFrom("'=1", "''+1", '=cmd', '-1', '+49', '@x', '"', 'a;b', 'a,b c', "'"));
const host = fc.constantFrom('gw.test', '192.0.2.1', '2001:db8::1');
const transport = fc.constantFrom('udp', 'tcp', 'tls', 'auto');
const port = fc.option(fc.integer({ min: 1, max: 65_535 }));
const address = fc.record({ host, port, transport });
const rule = fc.record({ match: prefix.map((text) => text.slice(0, 9)), strip: fc.nat(20), add: digits(20) });
const amount = fc.nat(2_000_000).map((millionths) => millionths / 1_000_000);
const pem = fc.constant('-----BEGIN CERTIFICATE-----\nAAAA\nBBBB==\n-----END CERTIFICATE-----\n');
const hours = fc.constant({
  timeZone: 'Europe/Berlin',
  windows: [{ days: ['mon', 'fri'], from: '08:00', to: '18:00' }],
  exceptDates: ['2026-12-25'],
});
const account = fc.record(
  { userName: anything, authUserName: anything, password: anything },
  { requiredKeys: ['userName', 'password'] },
);

const gateway = fc
  .record(
    {
      id: fc.constantFrom('a', 'b', 'c', 'gw-1', '007'),
      name: anything,
      isEnabled: fc.boolean(),
      host,
      port,
      transport,
      moreAddresses: fc.array(address, { maxLength: 3 }),
      outboundProxy: fc.option(address),
      domain: fc.option(host),
      credentials: account,
      callerId: fc.record({
        from: fc.constantFrom('callerNumber', 'account'),
        header: fc.constantFrom('none', 'Remote-Party-ID'),
        hasDisplayName: fc.boolean(),
        privacy: fc.constantFrom('asAsked', 'always'),
      }),
      callerNumber: prefix.filter((text) => text.length > 1),
      calledNumberRules: fc.array(rule, { maxLength: 3 }),
      callerNumberRules: fc.array(rule, { maxLength: 3 }),
      codecs: fc.uniqueArray(fc.constantFrom('opus', 'G722', 'PCMA', 'PCMU'), { minLength: 1 }),
      srtp: fc.constantFrom('off', 'offered', 'required'),
      inCall: fc.record(
        {
          transfer: fc.constantFrom('auto', 'refer', 'bridge'),
          followsReferrals: fc.boolean(),
          hasHoldMusic: fc.boolean(),
          sessionExpiresSeconds: fc.option(fc.integer({ min: 90, max: 86_400 })),
        },
        { requiredKeys: [] },
      ),
      prefixes: fc.array(prefix, { minLength: 1, maxLength: 5 }),
      priority: fc.nat(1000),
      weight: fc.integer({ min: 1, max: 1000 }),
      maxCalls: fc.integer({ min: 1 }),
      maxCallsPerSecond: fc.constantFrom(0.1, 2.5, 10_000),
      costs: fc.array(fc.record({ prefix, pricePerMinute: amount, connectionFee: amount }), { maxLength: 4 }),
      region: fc.option(anything),
      hours: fc.option(hours),
      timeouts: fc.record({ firstResponseMs: fc.integer({ min: 100, max: 600_000 }) }, { requiredKeys: [] }),
      probes: fc.record({ isOn: fc.boolean(), acceptedStatuses: fc.constantFrom(null, [200], [200, 404]) }),
      tls: fc.record({ isVerified: fc.boolean(), ca: fc.option(pem), certificate: fc.option(pem) }),
      incoming: fc.record({
        isAllowed: fc.boolean(),
        addresses: fc.constantFrom([], ['192.0.2.0/24', '2001:db8::/32']),
        country: fc.constantFrom(null, 'DE'),
        numberRules: fc.array(rule, { maxLength: 2 }),
      }),
    },
    { requiredKeys: ['id', 'host'] },
  )
  .map(viewOf);
const gateways = fc.uniqueArray(gateway, { selector: ({ id }) => id, maxLength: 4 });

describe('gateways as files', () => {
  it.each([
    ['CSV', writeSheetCsv],
    ['JSON', writeSheetJson],
  ] as const)('come back from %s as they were, onto themselves and onto nothing', (_, write) => {
    fc.assert(
      fc.property(gateways, (all) => {
        const text = write(gatewaySheet, all);
        for (const present of [all, []]) {
          const { items, problems } = read(text, present);
          expect(problems).toEqual([]);
          expect(items).toEqual(all.map((one) => draftOf(gatewaySheet, one)));
          expect(
            items.every((item, index) => isSameDraft(item, draftOf(gatewaySheet, all[index] as GatewayView))),
          ).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('hold no secret', () => {
    const secret = viewOf({
      id: 'a',
      host: 'gw.test',
      credentials: { userName: 'u', password: 'hunter2' },
      incoming: { credentials: { userName: 'v', password: 'hunter3' } },
    });
    for (const text of [writeSheetCsv(gatewaySheet, [secret]), writeSheetJson(gatewaySheet, [secret])]) {
      expect(text).not.toMatch(/hunter|password|hasPrivateKey/i);
    }
  });

  it('may bring passwords along, and keep those that they leave empty', () => {
    const { items } = read('Id;Host;Account;Account password\na;gw.test;u;secret\nb;gw.test;v;\n');
    expect(items).toMatchObject([
      { credentials: { userName: 'u', password: 'secret' } },
      { credentials: { userName: 'v' } },
    ]);
    expect(items[1]?.credentials).not.toHaveProperty('password');
  });

  it('leave alone what they have no column for, and empty what they have an empty cell for', () => {
    const present = viewOf({
      id: 'a',
      host: 'gw.test',
      name: 'Old',
      maxCalls: 5,
      registration: { expiresSeconds: 60 },
      credentials: { userName: 'u' },
    });
    const { items } = read('ID,Max calls,Registration seconds\na,7,\n', [present]);
    expect(items).toMatchObject([
      { host: 'gw.test', name: 'Old', maxCalls: 7, registration: null, credentials: { userName: 'u' } },
    ]);
    expect(read('id,max calls\na,\n', [present]).items[0]).not.toHaveProperty('maxCalls');
  });

  it('name what is wrong by line and column, and read the others', () => {
    const text = [
      'id,host,port,enabled,hours,srtp,costs,unknown',
      'a,gw.test,70000,,,,,',
      'b,gw.test,abc,,,,,',
      'c,gw.test,,maybe,,,,',
      'd,gw.test,,,{,,,',
      'e,gw.test,,,,sometimes,,',
      'f,gw.test,,,,,+49 free,',
      'g,,,,,,,',
      'h,gw.test,5060,no,,,,',
      'h,gw.test,,,,,,',
      ',gw.test,,,,,,',
    ].join('\n');
    const { items, problems, ignored } = read(text);
    expect(items).toMatchObject([{ id: 'h', port: 5060, isEnabled: false }]);
    expect(ignored).toEqual(['unknown']);
    expect(problems.map(({ place, text: told }) => `${place}: ${told}`)).toEqual([
      'Line 2: Port: At most 65535.',
      'Line 3: Port: “abc” is no number.',
      'Line 4: Enabled: “maybe” is neither yes nor no.',
      'Line 5: Hours: This is no JSON: “{”.',
      expect.stringMatching(/^Line 6: SRTP: /),
      expect.stringMatching(/^Line 7: Costs: /),
      expect.stringMatching(/^Line 8: Host: /),
      'Line 10: h stands in “Line 9” already.',
      expect.stringMatching(/^Line 11: Id: /),
    ]);
  });

  it.each([
    ['host\ngw.test', 'there is none called “Id”'],
    ['id,Id\na,b', 'Two columns are called “Id”'],
    ['{', 'This is no JSON file'],
    ['{"rates": []}', 'have one under “gateways”'],
  ])('say why nothing can be read of %j', (text, why) => {
    expect(readSheet({ sheet: gatewaySheet, text, present: [], t })).toMatchObject({
      kind: 'unreadable',
      text: expect.stringContaining(why),
    });
  });

  it('say which setting of which entry of JSON nobody knows', () => {
    const { problems } = read('[{"id":"a","host":"gw.test"},{"id":"b","host":"gw.test","tls":{"isVerifed":true}}]');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ place: 'Entry 2', text: expect.stringContaining('isVerifed') });
  });
});
