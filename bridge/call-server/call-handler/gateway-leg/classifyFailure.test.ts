import { describe, expect, it } from 'vitest';
import type { AttemptFailure } from './AttemptFailure.ts';
import { classifyFailure, type NextToAsk } from './classifyFailure.ts';

const response = (status: number): AttemptFailure => ({ kind: 'response', status, reason: '' });

describe('classifyFailure', () => {
  it.each<[string, AttemptFailure, NextToAsk, string, string?]>([
    ['silence', { kind: 'timeout' }, 'destination', 'unreachable', 'gatewayUnreachable'],
    ['a refused connection', { kind: 'transport', reason: '' }, 'destination', 'unreachable', 'gatewayUnreachable'],
    ['503', response(503), 'destination', 'unreachable', 'gatewayUnreachable'],
    ['100 and no more', { kind: 'stalled' }, 'gateway', 'unreachable', 'gatewayUnreachable'],
    ['408', response(408), 'gateway', 'unreachable', 'gatewayUnreachable'],
    ['500', response(500), 'gateway', 'unreachable', 'gatewayUnreachable'],
    ['502', response(502), 'gateway', 'unreachable', 'gatewayUnreachable'],
    ['504', response(504), 'gateway', 'unreachable', 'gatewayUnreachable'],
    ['599', response(599), 'gateway', 'unreachable', 'gatewayUnreachable'],
    ['401', response(401), 'gateway', 'failed', 'gatewayProtocol'],
    ['407', response(407), 'gateway', 'failed', 'gatewayProtocol'],
    ['302', response(302), 'gateway', 'failed', 'gatewayProtocol'],
    ['415', response(415), 'gateway', 'failed', 'noCommonCodec'],
    ['488', response(488), 'gateway', 'failed', 'noCommonCodec'],
    [
      'early media in a strange codec',
      { kind: 'unusable', reason: '', isCodec: true },
      'gateway',
      'failed',
      'noCommonCodec',
    ],
    ['early junk', { kind: 'unusable', reason: '', isCodec: false }, 'gateway', 'failed', 'gatewayProtocol'],
    ['an answer that is junk', { kind: 'protocol', reason: '' }, 'nobody', 'failed', 'gatewayProtocol'],
    ['the caller’s cancel', { kind: 'cancelled' }, 'nobody', 'cancelled'],
    ['403', response(403), 'nobody', 'declined'],
    ['404', response(404), 'nobody', 'wrongNumber'],
    ['410', response(410), 'nobody', 'wrongNumber'],
    ['480', response(480), 'nobody', 'noAnswer'],
    ['484', response(484), 'nobody', 'wrongNumber'],
    ['486', response(486), 'nobody', 'busy'],
    ['487', response(487), 'nobody', 'noAnswer'],
    ['600', response(600), 'nobody', 'busy'],
    ['603', response(603), 'nobody', 'declined'],
    ['604', response(604), 'nobody', 'wrongNumber'],
    ['606', response(606), 'nobody', 'failed', 'noCommonCodec'],
    ['607', response(607), 'nobody', 'declined'],
    ['699', response(699), 'nobody', 'declined'],
  ])('after %s', (_, failure, next, outcome, errorCode) => {
    expect(classifyFailure(failure)).toEqual({ next, outcome, ...(errorCode && { errorCode }) });
  });
});
