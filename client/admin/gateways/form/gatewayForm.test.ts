import { describe, expect, it } from 'vitest';
import {
  applyNumberRules,
  gatewayCreateSchema,
  gatewayViewSchema,
  gatewayWriteSchema,
} from '../../../../shared/admin/index.ts';
import { viewGateway } from '../../testing/viewGateway.ts';
import type { GatewayFields } from './gatewayFields.ts';
import { gatewayFieldsOf } from './gatewayFieldsOf.ts';
import { gatewayInputOf } from './gatewayInputOf.ts';
import { parseCosts, parsePrefixes, writeCosts } from './longLists.ts';
import { presetOf, rulesOfPreset } from './rulePresets.ts';

const pem = (what: string) => `-----BEGIN ${what}-----\nAAAA\n-----END ${what}-----`;

/** Everything that can be said of a gateway, secrets aside. */
const full = {
  name: 'Carrier',
  isEnabled: false,
  host: 'sip.carrier.test',
  port: 5061,
  transport: 'tls',
  moreAddresses: [{ host: '2001:db8::1', port: null, transport: 'auto' }],
  outboundProxy: { host: 'proxy.test', port: 5070, transport: 'tcp' },
  domain: 'carrier.test',
  registration: { expiresSeconds: 600 },
  callerId: { from: 'account', header: 'P-Asserted-Identity', hasDisplayName: false, privacy: 'always' },
  callerNumber: '+4930123',
  calledNumberRules: [{ match: '+49', strip: 3, add: '0' }],
  callerNumberRules: [{ match: '', strip: 1, add: '' }],
  codecs: ['PCMA', 'opus'],
  dtmf: 'info',
  srtp: 'required',
  audioSource: 'any',
  media: 'direct',
  inCall: { transfer: 'bridge', followsReferrals: false, hasHoldMusic: false, sessionExpiresSeconds: 600 },
  prefixes: ['+49', '+43'],
  priority: 3,
  weight: 20,
  maxCalls: 30,
  maxCallsPerSecond: 2.5,
  costs: [{ prefix: '+49', pricePerMinute: 0.012, connectionFee: 0.05 }],
  region: 'eu',
  hours: { timeZone: 'Europe/Berlin', windows: [{ days: ['mon'], from: '08:00', to: '18:00' }], exceptDates: [] },
  timeouts: { firstResponseMs: 1500, progressMs: 4000, ringMs: 60_000 },
  probes: { isOn: false, acceptedStatuses: [200, 404] },
  credentials: { userName: 'trunk', authUserName: 'auth' },
  tls: { isVerified: false, serverName: 'carrier.test', ca: pem('CERTIFICATE'), certificate: pem('CERTIFICATE') },
  incoming: {
    isAllowed: false,
    addresses: ['192.0.2.0/24'],
    country: 'DE',
    numberRules: [{ match: '00', strip: 2, add: '+' }],
    calledNumberFrom: 'to',
    credentials: { userName: 'in' },
  },
};
const view = gatewayViewSchema.parse({ id: 'gw', ...viewGateway(full, undefined) });
const fresh = { ...gatewayFieldsOf(null), id: 'gw', host: 'gw.test' };
const check = (fields: GatewayFields) => gatewayCreateSchema.safeParse(gatewayInputOf(fields, true));

describe('a gateway’s form', () => {
  it('saves everything as it was read, and no secret that was not written', () => {
    expect(gatewayWriteSchema.parse(gatewayInputOf(gatewayFieldsOf(view), false))).toEqual(
      gatewayWriteSchema.parse(full),
    );
  });

  it('makes of a new one with a host what the schema makes of it', () => {
    expect(check(fresh).data).toEqual({
      ...gatewayCreateSchema.parse({ id: 'gw', host: 'gw.test' }),
      credentials: null,
      incoming: { ...gatewayCreateSchema.parse({ id: 'gw', host: 'gw.test' }).incoming, credentials: null },
      tls: { ...gatewayCreateSchema.parse({ id: 'gw', host: 'gw.test' }).tls, privateKey: null },
    });
  });

  it('sends secrets that are written', () => {
    const written = gatewayInputOf(
      {
        ...gatewayFieldsOf(view),
        'credentials.password': 'one',
        'incoming.credentials.password': 'two',
        'tls.privateKey': pem('PRIVATE KEY'),
      },
      false,
    );
    expect(gatewayWriteSchema.parse(written)).toMatchObject({
      credentials: { password: 'one' },
      incoming: { credentials: { password: 'two' } },
      tls: { privateKey: pem('PRIVATE KEY') },
    });
  });

  it('takes the key away together with its certificate', () => {
    expect(gatewayInputOf({ ...gatewayFieldsOf(view), 'tls.certificate': '' }, false).tls).toMatchObject({
      certificate: null,
      privateKey: null,
    });
  });

  it.each<[Partial<GatewayFields>, string]>([
    [{ host: '' }, 'host'],
    [{ host: 'a b' }, 'host'],
    [{ port: 65_536 }, 'port'],
    [{ hasProxy: true }, 'outboundProxy.host'],
    [{ isRegistered: true }, 'credentials.userName'],
    [{ prefixes: '' }, 'prefixes'],
    [{ prefixes: '+49 abc' }, 'prefixes.1'],
    [{ costs: '+49 free' }, 'costs.0.pricePerMinute'],
    [{ weight: 0 }, 'weight'],
    [{ 'timeouts.ringMs': 0.09 }, 'timeouts.ringMs'],
    [{ 'probes.acceptedStatuses': ['100'] }, 'probes.acceptedStatuses.0'],
    [{ 'tls.ca': 'x' }, 'tls.ca'],
    [{ codecs: [] }, 'codecs'],
    [{ 'inCall.sessionExpiresSeconds': 89 }, 'inCall.sessionExpiresSeconds'],
    [{ 'inCall.sessionExpiresSeconds': 86_401 }, 'inCall.sessionExpiresSeconds'],
  ])('has what is wrong with %j at its key', (values, path) => {
    expect(check({ ...fresh, ...values }).error?.issues[0]?.path.join('.')).toBe(path);
  });

  it.each([90, 86_400, null])('takes a session timer of %j seconds', (sessionExpiresSeconds) => {
    const { data } = check({ ...fresh, 'inCall.sessionExpiresSeconds': sessionExpiresSeconds });
    expect(data?.inCall).toMatchObject({ sessionExpiresSeconds, transfer: 'auto' });
  });

  it('takes a time of a tenth of a second, the shortest', () => {
    expect(check({ ...fresh, 'timeouts.ringMs': 0.1 }).data?.timeouts).toEqual({ ringMs: 100 });
  });
});

describe('long lists', () => {
  it('takes prefixes as they are pasted, each once', () => {
    expect(parsePrefixes('+49, 0043;\n1 202\t+49\n')).toEqual(['+49', '+43', '+1', '+202']);
  });

  it('takes thousands', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `+${10_000 + index}`).join('\n');
    expect(parsePrefixes(text)).toHaveLength(20_000);
  });

  it.each([
    ['+49, 0.012, 0.05', { prefix: '+49', pricePerMinute: 0.012, connectionFee: 0.05 }],
    ['49;0,012', { prefix: '+49', pricePerMinute: 0.012, connectionFee: 0 }],
    ['0049\t1', { prefix: '+49', pricePerMinute: 1, connectionFee: 0 }],
    ['+49 1 x', { prefix: '+49', pricePerMinute: 1, connectionFee: null }],
    ['+49', { prefix: '+49', pricePerMinute: null, connectionFee: 0 }],
    ['+49;1;2;3', { prefix: '+49', pricePerMinute: null, connectionFee: 2 }],
  ])('reads the costs %j', (line, cost) => {
    expect(parseCosts(line)).toEqual([cost]);
  });

  it('passes over headings, and reads what it writes', () => {
    const costs = [
      { prefix: '+49', pricePerMinute: 0.012, connectionFee: 0 },
      { prefix: '+', pricePerMinute: 1, connectionFee: 2 },
    ];
    expect(parseCosts(`prefix, price\n${writeCosts(costs)}\n`)).toEqual(costs);
  });
});

describe('ways of writing numbers', () => {
  it.each([
    ['plus', 'DE', '+4930123', '+4930123'],
    ['digits', 'DE', '+4930123', '4930123'],
    ['zeros', 'DE', '+4930123', '004930123'],
    ['national', 'DE', '+4930123', '030123'],
    ['national', 'DE', '+12025550100', '0012025550100'],
    ['national', 'US', '+12025550100', '12025550100'],
    ['national', 'US', '+4930123', '0114930123'],
    ['national', 'IT', '+39061234', '061234'],
  ] as const)('%s for %s writes %s as %s', (preset, country, number, written) => {
    const rules = rulesOfPreset(preset, country);
    expect(applyNumberRules(number, rules)).toBe(written);
    expect(presetOf(rules, country)).toBe(preset);
  });

  it('calls anything else their own way', () => {
    expect(presetOf([{ match: '+49', strip: 3, add: '9' }], 'DE')).toBe('own');
  });
});
