import { describe, expect, it } from 'vitest';
import { gatewaySchema } from '../../../../shared/admin/index.ts';
import { readCalledNumber, readCallingName, readCallingNumber } from './readNumbers.ts';

const gateway = (incoming: object = {}) => gatewaySchema.parse({ id: 'gw1', host: '127.0.0.1', incoming });
const called = (calledUser: string, incoming: object = {}, toUser = 'nobody') =>
  readCalledNumber({ calledUser, toUser }, gateway(incoming));
const calling = (callingUser: string | null, incoming: object = {}) =>
  readCallingNumber({ callingUser }, gateway(incoming));

describe('readCalledNumber', () => {
  it.each([
    ['E.164 with the plus', '+493012345678', {}],
    ['E.164 without it', '493012345678', {}],
    ['visual separators', '+49 (30) 123-456.78', {}],
    ['international format with 00', '00493012345678', {}],
    ['national format of the gateway’s country', '03012345678', { country: 'DE' }],
    ['national format without the trunk prefix', '3012345678', { country: 'DE' }],
    ['E.164 without the plus, from a gateway that has a country', '493012345678', { country: 'DE' }],
    ['the country’s own international prefix', '011493012345678', { country: 'US' }],
    ['what the gateway’s rules make of it', '99912345678', { numberRules: [{ match: '999', strip: 3, add: '+4930' }] }],
  ])('reads %s', (_, text, incoming) => {
    expect(called(text, incoming)).toContain('+493012345678');
  });

  it('takes an extension as it stands before anything else', () => {
    expect(called('100', { country: 'US' })[0]).toBe('100');
  });

  it('looks into To where the gateway puts the number there', () => {
    expect(called('trunk-account', { calledNumberFrom: 'to' }, '+493012345678')).toContain('+493012345678');
  });

  it.each(['', 'alice', '+', '+49x', '1'.repeat(41), '123\r\nEvil: 1', '*72', '100;ext=5'])(
    'reads no number in %j',
    (text) => {
      expect(called(text)).toEqual([]);
    },
  );
});

describe('readCallingNumber', () => {
  it.each([
    ['+442079460018', {}, '+442079460018'],
    ['442079460018', {}, '+442079460018'],
    ['02079460018', { country: 'GB' }, '+442079460018'],
    ['00442079460018', {}, '+442079460018'],
    ['+44 20 7946 0018', {}, '+442079460018'],
  ])('reads %s', (text, incoming, e164) => {
    expect(calling(text, incoming)).toBe(e164);
  });

  it('leaves what is no telephone number as it is written, without what can’t be shown', () => {
    expect(calling('100')).toBe('100');
    expect(calling('alice\u202e\r\n')).toBe('alice');
    expect(calling('x'.repeat(200))).toHaveLength(100);
  });

  it('does not know who doesn’t want to be known', () => {
    expect(calling(null)).toBeNull();
  });
});

describe('readCallingName', () => {
  it('takes away what can’t be shown', () => {
    expect(readCallingName({ callingName: ' ACME\u0000 Ltd ' })).toBe('ACME  Ltd');
    expect(readCallingName({ callingName: '\u200b' })).toBeNull();
    expect(readCallingName({ callingName: null })).toBeNull();
  });
});
