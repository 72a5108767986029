import { describe, expect, it } from 'vitest';
import { gatewaySchema } from '../../../shared/admin/index.ts';
import {
  asRelayed,
  type CallingParty,
  calledNumberFor,
  callingMediaOf,
  callingPartyFor,
  gatewayMediaOf,
} from './index.ts';

const gatewayOf = (entry: object = {}) => gatewaySchema.parse({ id: 'gw1', host: 'gw.example', ...entry });

const alice: CallingParty = {
  userName: 'alice',
  displayName: 'Alice',
  number: '+12025550111',
  usualNumber: '+12025550122',
  isNumberWithheld: false,
  isEmergency: false,
};

const callerOf = (entry: object, party: Partial<CallingParty> = {}) =>
  callingPartyFor(gatewayOf(entry), { ...alice, ...party });

describe('calledNumberFor', () => {
  const national = gatewayOf({ calledNumberRules: [{ match: '+1', strip: 2, add: '0' }, { strip: 1 }] });

  it('writes a number as the gateway wants it', () => {
    expect(calledNumberFor(national, { number: '+12025550100', isEmergency: false })).toBe('02025550100');
    expect(calledNumberFor(national, { number: '+4930123', isEmergency: false })).toBe('4930123');
  });

  it('leaves E.164 to a gateway without rules', () => {
    expect(calledNumberFor(gatewayOf(), { number: '+4930123', isEmergency: false })).toBe('+4930123');
  });

  it('keeps every digit of an emergency number, whatever the rules take away', () => {
    expect(calledNumberFor(national, { number: '112', isEmergency: true })).toBe('112');
  });
});

describe('callingPartyFor', () => {
  const credentials = { userName: 'trunk', password: 'secret' };

  it.each([
    ['the call’s own number', {}, {}, '+12025550111'],
    ['the gateway’s, where the call has none', { callerNumber: '+12025550133' }, { number: null }, '+12025550133'],
    ['the usual one, where neither has', {}, { number: null }, '+12025550122'],
    ['the account, where there is no number', { credentials }, { number: null, usualNumber: null }, 'trunk'],
    ['the user name, where there is no account either', {}, { number: null, usualNumber: null }, 'alice'],
  ])('shows %s', (_, entry, party, user) => {
    expect(callerOf(entry, party).from).toEqual({ user, displayName: 'Alice' });
  });

  it('writes the caller’s number as the gateway wants it, and never the name of an account', () => {
    const rules = { callerNumberRules: [{ strip: 1, add: '00' }], credentials };
    expect(callerOf(rules).from.user).toBe('0012025550111');
    expect(callerOf(rules, { number: null, usualNumber: null }).from.user).toBe('trunk');
  });

  it('needs no identity where From says it all', () => {
    expect(callerOf({})).not.toHaveProperty('identity');
  });

  it.each(['P-Asserted-Identity', 'P-Preferred-Identity', 'Remote-Party-ID'])('puts the caller into %s', (header) => {
    expect(callerOf({ callerId: { header } }).identity).toEqual({
      header,
      user: '+12025550111',
      displayName: 'Alice',
      isPrivate: false,
    });
  });

  it('names the account in From, and the caller in the header beside it', () => {
    const caller = callerOf({ callerId: { from: 'account', header: 'P-Asserted-Identity' }, credentials });
    expect(caller.from.user).toBe('trunk');
    expect(caller.identity?.user).toBe('+12025550111');
  });

  it('names the caller in From where there is no account to name', () => {
    expect(callerOf({ callerId: { from: 'account' } }).from.user).toBe('+12025550111');
  });

  it('keeps the name to itself where the gateway shall not have it', () => {
    const caller = callerOf({ callerId: { hasDisplayName: false, header: 'Remote-Party-ID' } });
    expect(caller.from).not.toHaveProperty('displayName');
    expect(caller.identity).not.toHaveProperty('displayName');
  });

  it.each([
    ['the caller asks for it', {}, { isNumberWithheld: true }],
    ['the gateway’s policy is so', { callerId: { privacy: 'always' } }, {}],
  ])('withholds the number where %s, without a header that was not set', (_, entry, party) => {
    expect(callerOf(entry, party).identity).toMatchObject({ header: null, isPrivate: true });
  });

  it('withholds nothing from those who are called for help', () => {
    const party = { isNumberWithheld: true, isEmergency: true };
    expect(callerOf({ callerId: { privacy: 'always' } }, party)).not.toHaveProperty('identity');
  });
});

describe('gatewayMediaOf', () => {
  it('says how audio is exchanged with this gateway at this address', () => {
    expect(gatewayMediaOf(gatewayOf({ codecs: ['PCMA'], srtp: 'required', audioSource: 'any' }), '::1')).toEqual({
      codecs: ['PCMA'],
      srtp: 'required',
      audioSource: 'any',
      toAddress: '::1',
    });
  });

  const web = gatewayOf({ media: 'direct', srtp: 'offered' });
  const offerBy = (protocol: string) =>
    ['v=0', 'o=- 1 1 IN IP4 192.0.2.9', 's=-', 'c=IN IP4 192.0.2.9', 't=0 0', `m=audio 5000 ${protocol} 0`, ''].join(
      '\r\n',
    );

  it('is DTLS-SRTP where the relay speaks with who speaks with browsers', () => {
    expect(asRelayed(gatewayMediaOf(web, '::1'))).toMatchObject({ srtp: 'dtls' });
    expect(asRelayed(gatewayMediaOf(gatewayOf({ srtp: 'offered' }), '::1'))).toMatchObject({ srtp: 'offered' });
  });

  it.each([
    ['DTLS-SRTP', offerBy('UDP/TLS/RTP/SAVPF'), 'dtls'],
    ['nothing, so that we offer it', null, 'dtls'],
    ['plain audio', offerBy('RTP/AVP'), 'offered'],
  ])('goes by the offer of a gateway that calls: %s', (_, offer, srtp) => {
    expect(callingMediaOf(web, '::1', offer)).toMatchObject({ srtp });
    expect(callingMediaOf(gatewayOf({ srtp: 'offered' }), '::1', offer)).toMatchObject({ srtp: 'offered' });
    expect(callingMediaOf(web, '::1', offer)).not.toHaveProperty('isDirect');
  });
});
