import { expect, test } from 'vitest';
import { FakeClock } from '../../../observability/FakeClock.ts';
import { createRequest, createResponse, type SipResponse } from '../../message/index.ts';
import { TimerSet } from '../../transport/index.ts';
import { SessionTimer } from './SessionTimer.ts';
import { readMinSeconds, readSessionExpires } from './sessionExpires.ts';

const REQUEST = createRequest({
  ...{ method: 'UPDATE', uri: 'sip:us@127.0.0.1', callId: 'a', cseq: 1 },
  ...{ from: '<sip:gw@127.0.0.1>;tag=1', to: '<sip:us@127.0.0.1>;tag=2' },
});

function responseWith(...headers: [string, string][]): SipResponse {
  return createResponse(REQUEST, { status: 200, headers });
}

function make({ refresh = async () => true, wantedSeconds = null as number | null } = {}) {
  const clock = new FakeClock();
  const timers = new TimerSet(clock, () => {});
  const happened: string[] = [];
  const timer = new SessionTimer({
    wantedSeconds,
    startTimer: (delayMs, callback) => timers.start(delayMs, callback),
    refresh: () => {
      happened.push('refresh');
      return refresh();
    },
    onExpired: () => happened.push('expired'),
  });
  return { clock, timers, timer, happened };
}

test.each([
  // A third before its end, where that is less than 32 s.
  [90, 60_000],
  [93, 62_000],
  [96, 64_000],
  [99, 67_000],
  [1800, 1_768_000],
  // What would have us send without end counts as 20 s.
  [1, 13_333],
  [20, 13_333],
])('a session of %d s that the other side refreshes is given up after %d ms', (seconds, expiresMs) => {
  const { clock, timer, happened } = make();
  timer.settle(responseWith(['Session-Expires', `${seconds};refresher=uas`]));
  clock.advance(expiresMs - 1);
  expect(happened).toEqual([]);
  // Up to a whole millisecond of it is rounding.
  clock.advance(2);
  expect(happened).toEqual(['expired']);
});

test('a timer that is settled anew while it is refreshed is not refreshed for the old one again', async () => {
  let decide = (_isRefreshed: boolean): void => {};
  const { clock, timer, happened } = make({
    refresh: () =>
      new Promise((resolve) => {
        decide = resolve;
      }),
  });
  const settled = responseWith(['Session-Expires', '600;refresher=uac']);
  timer.settle(settled);
  await clock.advanceAsync(300_000);
  timer.settle(settled);
  decide(false);
  await clock.advanceAsync(299_999);
  expect(happened).toEqual(['refresh']);
});

test('a timer that is closed does nothing any more, whatever is settled then', () => {
  const { clock, timers, timer, happened } = make({ wantedSeconds: 90 });
  timer.settle(responseWith());
  timer.close();
  timer.settle(responseWith(['Session-Expires', '90;refresher=uac']));
  expect(timers.size).toBe(0);
  clock.advance(1_000_000);
  expect(happened).toEqual([]);
});

test.each([
  ['1800', { seconds: 1800, refresher: null }],
  ['1800;refresher=UAC', { seconds: 1800, refresher: 'uac' }],
  ['1800 ; refresher=uas;x=1', { seconds: 1800, refresher: 'uas' }],
  ['1800;refresher=proxy', { seconds: 1800, refresher: null }],
  ['86400', { seconds: 86_400, refresher: null }],
  ['86401', { seconds: 86_400, refresher: null }],
  ['99999999999', null],
  ['-1', null],
  ['', null],
])('Session-Expires %j is read as %j', (text, expected) => {
  expect(readSessionExpires(responseWith(['Session-Expires', text]))).toEqual(expected);
});

test.each([
  ['89', 90],
  ['90', 90],
  ['91', 91],
  ['x', 90],
  ['9999999999', 86_400],
])('Min-SE %s wants %d s', (text, seconds) => {
  expect(readMinSeconds(responseWith(['Min-SE', text]))).toBe(seconds);
});
