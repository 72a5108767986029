import { expect } from 'vitest';
import { gatewaySchema } from '../../../../shared/admin/index.ts';
import type { CallId, UserId } from '../../../../shared/domain/index.ts';
import type { CallStatus, NotificationName, NotificationPayload } from '../../../../shared/protocol/index.ts';
import { FakeClock } from '../../../observability/FakeClock.ts';
import { RecordingLogger } from '../../../observability/RecordingLogger.ts';
import type { CallClosing } from '../../../storage/index.ts';
import type { ClientChannel } from '../../CallServer.ts';
import type { CallEventDetails } from '../../call-logger/index.ts';
import { callClient } from '../../testing/callClient.ts';
import type { CallHandler } from '../CallHandler.ts';
import type { CallHandlerOptions, CallRequest } from '../CallHandlerDeps.ts';
import type { CallWatcher } from '../CallWatcher.ts';
import { createOutgoingCall, type OutgoingCall } from '../createOutgoingCall.ts';
import { FakeJoins, FakeMediaSession } from '../fakes/FakeMediaSession.ts';
import { FakeProxyServer } from '../fakes/FakeProxyServer.ts';
import { FakeSip } from '../fakes/FakeSip.ts';

const callId = 'call-1' as CallId;
const client = callClient('alice', {
  user: { id: 'u1' as UserId, userName: 'alice', displayName: 'Alice', role: 'user' },
});
const options: CallHandlerOptions = {
  ringTimeoutMs: 60_000,
  firstResponseTimeoutMs: 1500,
  progressTimeoutMs: 20_000,
  reconnectWindowMs: 30_000,
  directConnectMs: 4000,
  maxDurationMs: 3_600_000,
  dtmf: { durationMs: 120, gapMs: 80 },
  callerNumber: null,
};

export class FakeChannel implements ClientChannel {
  readonly statuses: CallStatus[] = [];
  readonly others: string[] = [];

  notify<Name extends NotificationName>(name: Name, payload: NotificationPayload<Name>): void {
    if (name === 'call:status') this.statuses.push(payload as CallStatus);
    else this.others.push(`${name} ${JSON.stringify(payload)}`);
  }

  get states(): string[] {
    return this.statuses.map(({ state }) => state);
  }
}

export interface HandlerChanges {
  /** In the order of trying; by default one. */
  readonly gateways?: readonly object[];
  readonly request?: Partial<CallRequest>;
  readonly options?: Partial<CallHandlerOptions>;
  readonly watchers?: readonly CallWatcher[];
  /** Where whoever looks on needs it before the bench is there. */
  readonly clock?: FakeClock;
}

/** One call handler between a device, a gateway and a log that a test leads or reads. */
export class HandlerBench {
  readonly clock: FakeClock;
  readonly startMs: number;
  readonly sip = new FakeSip();
  readonly proxyServer = new FakeProxyServer();
  /** The relay's session, or the last one where it was given back. */
  media = new FakeMediaSession();
  /** How many of them were asked for. */
  sessions = 0;
  readonly joins = new FakeJoins();
  readonly channel = new FakeChannel();
  readonly closings: CallClosing[] = [];
  /** What became known of the call, for its record. */
  readonly progress: object[] = [];
  /** Details of the call's events, with their `type`. */
  readonly events: (Record<string, unknown> & { readonly type: string })[] = [];
  /** What the handler said of its time, in milliseconds since the start: `answered 0`. */
  readonly times: string[] = [];
  readonly call: OutgoingCall;
  isClosed = false;

  constructor(changes: HandlerChanges = {}) {
    const { gateways = [{ id: 'gw1' }], watchers = [], clock = new FakeClock() } = changes;
    this.clock = clock;
    this.startMs = clock.now();
    this.call = createOutgoingCall(
      {
        sip: this.sip,
        proxyServer: this.proxyServer,
        relay: { createSession: () => this.#createSession(), join: this.joins.join },
        log: {
          event: (_: CallId, type: string, { detail = {} }: CallEventDetails = {}) => {
            this.events.push({ type, ...detail });
          },
          progressed: (_: CallId, progress: object) => {
            this.progress.push(progress);
          },
          ended: (_: CallId, closing: CallClosing) => {
            this.closings.push(closing);
          },
        },
        clock: this.clock,
        logger: new RecordingLogger(),
        watchers,
      },
      { ...options, ...changes.options },
      {
        callId,
        client,
        calledNumber: '+12025550100',
        calledName: 'Bob',
        callerNumber: null,
        isNumberWithheld: false,
        maxDurationMs: null,
        isEmergency: false,
        selection: {
          candidates: gateways.map((entry) => gatewaySchema.parse({ host: '127.0.0.1', ...entry })),
          steps: [],
          routeId: null,
          strategy: null,
        },
        requestedAtMs: this.clock.now(),
        ...changes.request,
      },
      this.channel,
    );
    this.handler.on('answered', (atMs) => this.times.push(`answered ${atMs - this.startMs}`));
    this.handler.on('ended', (atMs) => this.times.push(`ended ${atMs - this.startMs}`));
    this.handler.on('closed', () => {
      this.isClosed = true;
    });
  }

  #createSession(): FakeMediaSession {
    this.sessions += 1;
    if (this.sessions > 1) this.media = new FakeMediaSession();
    return this.media;
  }

  get handler(): CallHandler {
    return this.call.handler;
  }

  /** Lets what is promised happen. */
  settle(): Promise<void> {
    return this.clock.advanceAsync(0);
  }

  /** As far as the INVITE. */
  async start(): Promise<void> {
    await this.call.start('offer');
    await this.settle();
  }

  async ring(): Promise<void> {
    await this.start();
    this.sip.last.emit('progress', { status: 180, reason: 'Ringing', sdp: null });
  }

  async establish(): Promise<void> {
    await this.start();
    this.sip.last.emit('trying');
    this.sip.last.emit('progress', { status: 180, reason: 'Ringing', sdp: null });
    this.sip.last.emit('answered', { sdp: 'sdp' });
    this.media.emit('browserConnected');
    await this.settle();
  }

  /** The call has closed, and holds nothing. */
  expectAllFreed(): void {
    expect(this.isClosed).toBe(true);
    expect(this.media.isClosed).toBe(true);
    expect(this.clock.pendingTimers).toBe(0);
    expect(this.proxyServer.placed).toEqual([]);
    expect(this.closings).toHaveLength(1);
  }
}
