import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BrandId, GatewayId } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import type { CallLoggerEvents, EndedCall } from '../call-logger/index.ts';
import { CallTraffic } from './CallTraffic.ts';

const minuteMs = 60_000;
const [red, blue] = ['red', 'blue'] as unknown as [BrandId, BrandId];
const [first, second] = ['first', 'second'] as unknown as [GatewayId, GatewayId];

describe('The traffic of the last hour', () => {
  let log: EventEmitter<CallLoggerEvents>;
  let clock: FakeClock;
  let traffic: CallTraffic;

  beforeEach(() => {
    log = new EventEmitter();
    clock = new FakeClock();
    clock.advance(minuteMs - (clock.now() % minuteMs));
    traffic = new CallTraffic({ log, clock });
  });

  interface Made {
    readonly brandId?: BrandId;
    readonly gatewayId?: GatewayId | null;
    readonly isAnswered?: boolean;
    readonly postDialDelayMs?: number | null;
    readonly outcome?: EndedCall['closing']['outcome'];
    readonly mos?: EndedCall['mos'];
  }

  function call(made: Made = {}): void {
    const { brandId = red, gatewayId = first, isAnswered = true, postDialDelayMs = 100, mos = null } = made;
    const opening = { brandId } as EndedCall['opening'];
    const outcome = made.outcome ?? (isAnswered ? 'answered' : 'noAnswer');
    log.emit('requested', opening);
    if (isAnswered) log.emit('answered', { opening, answeredAtMs: 1, gatewayId, userId: null });
    const closing = { outcome, postDialDelayMs } as EndedCall['closing'];
    log.emit('ended', { opening, closing, answeredAtMs: isAnswered ? 1 : null, gatewayId, userId: null, mos });
  }

  it('is counted by the minute in which it happens, the last one being the present one', () => {
    call();
    clock.advance(minuteMs - 1);
    call({ isAnswered: false });
    clock.advance(1);
    call();
    const minutes = traffic.minutes(null);
    expect(minutes).toHaveLength(60);
    expect(minutes.at(-1)).toMatchObject({ fromMs: clock.now(), requested: 1, answered: 1, ended: 1, answerRate: 1 });
    expect(minutes.at(-2)).toMatchObject({ fromMs: clock.now() - minuteMs, requested: 2, ended: 2, answerRate: 0.5 });
    expect(minutes[0]).toMatchObject({ requested: 0, answerRate: null, postDialDelayMs: null, mos: null });
  });

  it('forgets what is an hour old', () => {
    call();
    clock.advance(59 * minuteMs);
    expect(traffic.minutes(null)[0]).toMatchObject({ requested: 1 });
    expect(traffic.byGateway().get(first)).toMatchObject({ ended: 1 });
    clock.advance(minuteMs);
    expect(traffic.minutes(null).every(({ requested }) => requested === 0)).toBe(true);
    expect(traffic.byGateway().size).toBe(0);
  });

  it('takes the mean of delays, and of each call’s worst score', () => {
    const good = { fromBrowser: 4.4, toBrowser: 4, fromGateway: null, toGateway: null };
    call({ postDialDelayMs: 100, mos: good });
    call({ postDialDelayMs: 300, mos: { ...good, toGateway: 2 } });
    call({ postDialDelayMs: null });
    expect(traffic.minutes(null).at(-1)).toMatchObject({ postDialDelayMs: 200, mos: 3 });
  });

  it('has no answer rate of calls that no gateway was asked for', () => {
    call({ isAnswered: false, outcome: 'refused', gatewayId: null });
    expect(traffic.minutes(null).at(-1)).toMatchObject({ requested: 1, ended: 1, answerRate: null });
    call();
    expect(traffic.minutes(null).at(-1)).toMatchObject({ ended: 2, answerRate: 1 });
    expect([...traffic.byGateway().keys()]).toEqual(['first']);
  });

  it('is told by gateway and by brand, and of one brand alone', () => {
    call();
    call({ gatewayId: second, isAnswered: false });
    call({ brandId: blue });
    expect(traffic.byGateway().get(first)).toMatchObject({ ended: 2, answerRate: 1 });
    expect(traffic.byGateway().get(second)).toMatchObject({ ended: 1, answerRate: 0 });
    expect([...traffic.byBrand(null).keys()]).toEqual(['red', 'blue']);
    expect([...traffic.byBrand(blue)]).toEqual([[blue, expect.objectContaining({ ended: 1 })]]);
    expect(traffic.minutes(blue).at(-1)).toMatchObject({ requested: 1 });
  });
});
