import { describe, expect, it } from 'vitest';
import { DialbridgeError, errorCodeSchema, errorTable, fromWireError, toWireError } from '../errors/index.ts';
import { ackSchema, isRequestName, notifications, requests } from './index.ts';

describe('the protocol', () => {
  it('names every message topic:verb, once', () => {
    const names = [...Object.keys(requests), ...Object.keys(notifications)];
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^(session|call|media|stats|contacts|history):[a-z][A-Za-z]+$/);
  });

  it('wants a message id in every request', () => {
    for (const [name, { payload }] of Object.entries(requests)) {
      const paths = payload.safeParse({}).error?.issues.map(({ path }) => path.join('.'));
      expect(paths, name).toContain('messageId');
    }
  });

  it('refuses keys that it does not know', () => {
    const ping = { messageId: '12345678', extra: 1 };
    expect(requests['session:ping'].payload.safeParse(ping).success).toBe(false);
  });

  it('takes only its own names for requests', () => {
    expect(isRequestName('call:dial')).toBe(true);
    expect(isRequestName('toString')).toBe(false);
  });
});

describe('errors on the wire', () => {
  it('travel in an ack and come back the same', () => {
    const error = new DialbridgeError('noRuleAllows', { details: { number: '+1 202-555-0100' }, retryAfterMs: 5 });
    const ack = ackSchema(requests['session:ping'].ack).parse({ ok: false, error: toWireError(error) });
    expect(ack.ok === false && fromWireError(ack.error)).toEqual(error);
    expect(error.message).toContain('may not call +1 202-555-0100');
  });

  it('tell nothing of an error that is not meant for people', () => {
    expect(toWireError(new TypeError('secret of the inside'))).toEqual({
      code: 'internal',
      message: new DialbridgeError('internal').message,
      canRetry: true,
    });
  });

  it('have a meaning for every code, named by its own translation key', () => {
    for (const code of errorCodeSchema.options) expect(errorTable[code].i18nKey).toBe(`errors.${code}`);
  });
});
