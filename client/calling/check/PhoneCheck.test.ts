import { beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../../state/testing/FakeTimers.ts';
import { MicrophoneError } from '../media/MicrophoneError.ts';
import { makePhone } from '../testing/makePhone.ts';

describe('An echo test', () => {
  let made: ReturnType<typeof makePhone>;
  const state = () => made.check.state.get();

  beforeEach(async () => {
    made = makePhone();
    made.transport.answers.set('session:ping', () => ({ ok: true, data: { serverTimeMs: 1 } }));
    made.transport.answers.set('media:check', () => ({ ok: true, data: { answer: 'v=0 the echo', endsAtMs: 1 } }));
    made.transport.answers.set('media:endCheck', () => ({ ok: true, data: {} }));
    made.transport.connect();
    await settle();
  });

  async function start(): Promise<void> {
    await made.check.start();
    const media = made.media.at(-1);
    if (media === undefined) return;
    media.isConnected = true;
    media.counted.set('I', { type: 'inbound-rtp', packetsReceived: 300, packetsLost: 0, jitter: 0.002 });
    media.counted.set('O', { type: 'outbound-rtp', packetsSent: 300 });
  }

  const expectNothingHeld = () => {
    expect(made.media.every(({ isClosed }) => isClosed)).toBe(true);
    expect(made.microphone.tracks.every(({ isStopped }) => isStopped)).toBe(true);
    expect(made.meter.isClosed).toBe(true);
    expect(made.timers.waiting).toBe(0);
  };

  it('sends its offer, shows the microphone, and judges after six seconds', async () => {
    await start();
    expect(state()).toMatchObject({ phase: 'listening', findings: null });
    expect(made.media[0]?.answers).toEqual(['v=0 the echo']);
    made.meter.level = 0.3;
    await made.timers.advance(100);
    expect(state().level).toBe(0.3);
    await made.timers.advance(5000);
    expect(state().findings).toBeNull();
    await made.timers.advance(1000);
    expect(state()).toMatchObject({ findings: [], figures: { loudest: 0.3, lossPercent: 0, jitterMs: 2 } });
  });

  it('ends when it is stopped: what was found stays, and nothing is held', async () => {
    await start();
    await made.timers.advance(7000);
    made.check.stop();
    await settle();
    expect(state()).toMatchObject({ phase: 'done', findings: [], level: 0 });
    expect(made.transport.named('media:endCheck')).toHaveLength(1);
    expectNothingHeld();
  });

  it('ends by itself before half a minute is over', async () => {
    await start();
    await made.timers.advance(28_999);
    expect(state().phase).toBe('listening');
    await made.timers.advance(1);
    expect(state().phase).toBe('done');
    expectNothingHeld();
  });

  it('hears that the microphone is silent, and that nothing gets through', async () => {
    made.meter.level = 0;
    await start();
    await made.timers.advance(7000);
    expect(state().findings).toEqual(['microphoneSilent']);
    const media = made.media[0];
    if (media) media.isConnected = false;
    await made.timers.advance(1000);
    expect(state().findings).toEqual(['noWay']);
  });

  it('counts what had to be sent again as lost', async () => {
    await start();
    made.media[0]?.counted.set('O', { type: 'outbound-rtp', packetsSent: 320 });
    await made.timers.advance(7000);
    expect(state().figures?.lossPercent).toBeCloseTo(6.25);
    expect(state().findings).toEqual(['networkLoss']);
  });

  it('says that there is no microphone', async () => {
    made.microphone.next = async () => {
      throw new MicrophoneError('blocked');
    };
    await made.check.start();
    expect(state()).toMatchObject({ phase: 'failed', problem: { microphone: 'blocked' } });
    expect(made.media).toHaveLength(0);
  });

  it('says why the bridge refuses it, and can be tried again', async () => {
    const refusal = { code: 'tooManyAttempts', message: 'x', canRetry: true };
    made.transport.answers.set('media:check', () => ({ ok: false, error: refusal }));
    await start();
    expect(state()).toMatchObject({ phase: 'failed', problem: { error: 'tooManyAttempts' } });
    expectNothingHeld();
    made.transport.answers.set('media:check', () => ({ ok: true, data: { answer: 'v=0 the echo', endsAtMs: 1 } }));
    await start();
    expect(state()).toMatchObject({ phase: 'listening', problem: null });
  });

  it('that is given up while the microphone is asked for lets it go at once', async () => {
    const opening = made.check.start();
    made.check.close();
    await opening;
    expect(state().phase).toBe('idle');
    expect(made.microphone.tracks.every(({ isStopped }) => isStopped)).toBe(true);
    expect(made.transport.named('media:check')).toHaveLength(0);
  });
});
