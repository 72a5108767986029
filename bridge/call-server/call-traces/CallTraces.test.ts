import { beforeEach, describe, expect, it } from 'vitest';
import type { QualityPoint } from '../../../shared/admin/index.ts';
import { brandIdSchema, callIdSchema, callServerIdSchema } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import type { TracedCallMessage } from '../../sip-stack/index.ts';
import { type CallTracePart, MemoryActiveCallStore, StorageError } from '../../storage/index.ts';
import { CallLogger } from '../call-logger/index.ts';
import { CallTraces, lateMs, writeEveryMs } from './CallTraces.ts';

const callId = callIdSchema.parse('call-1');
const noLeg = { mos: null, lossPercent: null, jitterMs: null, roundTripMs: null };
const point: QualityPoint = { atMs: 1, fromBrowser: noLeg, toBrowser: noLeg, fromGateway: noLeg, toGateway: noLeg };

class Bench {
  readonly clock = new FakeClock(5000);
  readonly logger = new RecordingLogger();
  readonly parts: CallTracePart[] = [];
  refusal: StorageError | null = null;
  /** Until the record is there. */
  opening: Promise<void> = Promise.resolve();
  #hear: ((message: TracedCallMessage) => void) | null = null;
  readonly log: CallLogger;
  readonly traces: CallTraces;

  constructor() {
    const records = Object.fromEntries(
      ['open', 'progress', 'close', 'appendEvent'].map((name) => [name, async () => undefined]),
    );
    this.log = new CallLogger({
      ...{ clock: this.clock, logger: this.logger, callServerId: callServerIdSchema.parse('main') },
      activeCalls: new MemoryActiveCallStore(),
      records: { ...records, open: () => this.opening, closeInterrupted: async () => [] } as never,
    });
    this.traces = new CallTraces({
      ...{ log: this.log, clock: this.clock, logger: this.logger },
      sip: {
        traceCalls: (listener) => {
          this.#hear = listener;
          return () => {
            this.#hear = null;
          };
        },
      },
      store: {
        append: async (id, part) => {
          expect(id).toBe(callId);
          if (this.refusal !== null) throw this.refusal;
          this.parts.push(part);
        },
      },
    });
  }

  get isListening(): boolean {
    return this.#hear !== null;
  }

  request(): void {
    this.log.requested({
      ...{ callId, callServerId: callServerIdSchema.parse('main'), brandId: brandIdSchema.parse('default') },
      ...{ userId: null, deviceId: null, direction: 'outgoing', callingNumber: null, callingName: null },
      ...{ calledNumber: '+1202', calledName: null, requestedAtMs: 5000 },
    });
  }

  pass(text: string, sipCallId = 'dialog'): void {
    const way = { direction: 'sent', transport: 'udp', local: 'a:1', remote: 'b:2' } as const;
    this.#hear?.({ atMs: this.clock.now(), ...way, text, sipCallId, peerId: 'gw1' });
  }

  name(sipCallId = 'dialog'): void {
    this.log.event(callId, 'inviteSent', { detail: { sipCallId } });
  }

  end(): void {
    const end = { outcome: 'answered', disconnectedBy: 'caller', sipStatus: 200, q850: 16, errorCode: null } as const;
    this.log.ended(callId, { ...end, endedAtMs: this.clock.now(), postDialDelayMs: null });
  }

  get texts(): string[] {
    return this.parts.flatMap(({ messages = [] }) => messages.map(({ text }) => text));
  }

  async pause(ms: number): Promise<void> {
    await this.clock.advanceAsync(ms);
  }
}

describe('CallTraces', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
    bench.request();
  });

  it('waits with what it keeps until the call has its record', async () => {
    const opened = Promise.withResolvers<void>();
    bench.opening = opened.promise;
    bench.name();
    bench.pass('INVITE');
    await bench.clock.advanceAsync(writeEveryMs);
    expect(bench.texts).toEqual([]);
    opened.resolve();
    await bench.clock.advanceAsync(writeEveryMs);
    expect(bench.texts).toEqual(['INVITE']);
  });

  it('keeps the messages of a call’s dialogs, also those that came before it was known, and no others', async () => {
    bench.pass('INVITE');
    bench.pass('INVITE of another', 'another');
    bench.name();
    bench.pass('180');
    await bench.pause(writeEveryMs - 1);
    expect(bench.parts).toEqual([]);
    await bench.pause(1);
    expect(bench.texts).toEqual(['INVITE', '180']);
    expect(bench.parts[0]?.messages?.[0]).toEqual({
      ...{ atMs: 5000, direction: 'sent', transport: 'udp', local: 'a:1', remote: 'b:2' },
      ...{ text: 'INVITE', gatewayId: 'gw1' },
    });
  });

  it('follows a call from gateway to gateway, and listens a while after its end', async () => {
    bench.name();
    bench.pass('503');
    bench.name('second');
    bench.pass('200', 'second');
    bench.end();
    await bench.pause(lateMs - 1);
    bench.pass('200 to BYE', 'second');
    await bench.pause(1);
    expect(bench.texts).toEqual(['503', '200', '200 to BYE']);
    bench.pass('repeated', 'second');
    await bench.pause(10 * lateMs);
    expect(bench.texts).toHaveLength(3);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('keeps how the audio was', async () => {
    bench.traces.measured(callId, point);
    await bench.pause(writeEveryMs);
    bench.traces.measured(callId, { ...point, atMs: 2 });
    bench.end();
    await bench.pause(lateMs);
    expect(bench.parts).toEqual([{ quality: [point] }, { quality: [{ ...point, atMs: 2 }] }]);
  });

  it('writes nothing of a call that said nothing, and waits for nothing', async () => {
    bench.end();
    await bench.pause(60_000);
    expect(bench.parts).toEqual([]);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('writes when it is closed, and then listens no more', async () => {
    bench.name();
    bench.pass('INVITE');
    await bench.traces.close();
    await bench.traces.close();
    expect(bench.texts).toEqual(['INVITE']);
    expect(bench.isListening).toBe(false);
    expect([bench.log.listenerCount('happened'), bench.log.listenerCount('ended')]).toEqual([0, 0]);
  });

  it('tries again while the disk refuses, and lets go of what belongs to no record', async () => {
    bench.refusal = new StorageError('unavailable', 'disk full');
    bench.name();
    bench.pass('INVITE');
    await bench.pause(writeEveryMs);
    bench.refusal = null;
    await bench.pause(250);
    expect(bench.texts).toEqual(['INVITE']);
    bench.refusal = new StorageError('unknownCall', 'no record');
    bench.pass('200');
    await bench.pause(writeEveryMs);
    bench.refusal = null;
    await bench.pause(60_000);
    expect(bench.texts).toEqual(['INVITE']);
  });
});
