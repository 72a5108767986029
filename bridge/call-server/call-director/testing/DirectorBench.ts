import { type Gateway, gatewaySchema } from '../../../../shared/admin/index.ts';
import type { BrandId, CallId, CallServerId, DeviceId, GatewayId, RuleId } from '../../../../shared/domain/index.ts';
import type { CallStatus } from '../../../../shared/protocol/index.ts';
import type { MediaError } from '../../../media-relay/index.ts';
import { FakeClock } from '../../../observability/FakeClock.ts';
import { RecordingLogger } from '../../../observability/RecordingLogger.ts';
import type { GatewayCallReport, SelectionRequest, SelectionStep } from '../../../proxy-server/index.ts';
import type { CallClosing, CallOpening, UsageClaim } from '../../../storage/index.ts';
import type { CallClient } from '../../CallServer.ts';
import { FakeJoins, FakeMediaSession } from '../../call-handler/fakes/FakeMediaSession.ts';
import { FakeSip } from '../../call-handler/fakes/FakeSip.ts';
import type { CallEventDetails } from '../../call-logger/index.ts';
import { callClient } from '../../testing/callClient.ts';
import type { Authorization, CallRequest } from '../Authorization.ts';
import { CallDirector, type CallDirectorOptions } from '../CallDirector.ts';
import { CallLimits } from '../limits/index.ts';
import { FlakyUsageStore } from './FlakyUsageStore.ts';

const dayMs = 86_400_000;

export const callServerId = 's1' as CallServerId;

const options: CallDirectorOptions = {
  callServerId,
  ringTimeoutMs: 60_000,
  firstResponseTimeoutMs: 1500,
  progressTimeoutMs: 20_000,
  reconnectWindowMs: 30_000,
  directConnectMs: 4000,
  maxDurationMs: 3_600_000,
  dtmf: { durationMs: 120, gapMs: 80 },
  callerNumber: null,
};

/** A claim of today, by the clock of UTC. */
export function claim(clock: FakeClock, limits: UsageClaim['limits'], meterId = 'rule:us'): UsageClaim {
  const fromMs = Math.floor(clock.now() / dayMs) * dayMs;
  return { meterId, day: { fromMs, toMs: fromMs + dayMs }, limits };
}

/** The real director with its real limits, between gateways, media and rules that a test leads. */
export class DirectorBench {
  readonly clock: FakeClock;
  readonly usage: FlakyUsageStore;
  readonly logger = new RecordingLogger();
  readonly sip = new FakeSip();
  readonly sessions: FakeMediaSession[] = [];
  readonly joins = new FakeJoins();
  readonly openings: CallOpening[] = [];
  readonly closings: (CallClosing & { readonly callId: CallId })[] = [];
  readonly events: (Record<string, unknown> & { readonly type: string; readonly callId: CallId })[] = [];
  /** What the client was told, over all calls. */
  readonly statuses: CallStatus[] = [];
  /** Names of what else it was told. */
  readonly others: string[] = [];
  /** What the director asked of the rules and of the gateways. */
  readonly asked: CallRequest[] = [];
  readonly selections: { readonly number: string; readonly gatewayIds: readonly GatewayId[] | null }[] = [];
  readonly client: CallClient = callClient('alice', { deviceId: 'd1' as DeviceId });
  /** How the gateways were chosen. */
  steps: readonly SelectionStep[] = [];
  readonly reports: GatewayCallReport[] = [];
  gateways: readonly Gateway[] = [gatewaySchema.parse({ id: 'gw1', host: '127.0.0.1' })];
  /** What the rules allow; may be changed between calls. */
  authorization: Authorization;
  /** What rules and gateways wait for. */
  authorizing: Promise<void> = Promise.resolve();
  selecting: Promise<void> = Promise.resolve();
  /** Media sessions can't be made. */
  isRelayDown = false;
  /** What the relay says of the browser's offer. */
  offerError: MediaError | null = null;
  readonly limits: CallLimits;
  readonly director: CallDirector;
  #calls = 0;

  /** `usage` may be shared by several call servers. */
  static async create(
    parts: { clock?: FakeClock; usage?: FlakyUsageStore; id?: CallServerId } = {},
  ): Promise<DirectorBench> {
    const { clock = new FakeClock(), usage = new FlakyUsageStore(), id = callServerId } = parts;
    const logger = new RecordingLogger();
    const limits = await CallLimits.create({ usage, clock, logger }, { callServerId: id });
    return new DirectorBench({ clock, usage, limits, id });
  }

  private constructor(parts: { clock: FakeClock; usage: FlakyUsageStore; limits: CallLimits; id: CallServerId }) {
    this.clock = parts.clock;
    this.usage = parts.usage;
    this.limits = parts.limits;
    this.authorization = {
      called: { e164: '+12025550100', country: 'US', formatted: '+1 202 555 0100' } as Authorization['called'],
      calledNumber: '+12025550100',
      isEmergency: false,
      caller: { brandId: 'b1' as BrandId, groups: [] },
      gatewayIds: null,
      matchedRule: { id: 'us' as RuleId },
      callerNumber: null,
      maxDurationMs: null,
      claims: [],
      price: null,
    };
    this.director = new CallDirector(this.#deps(), { ...options, callServerId: parts.id });
  }

  /** Sets what the day's meter `rule:us` allows. */
  limit(limits: UsageClaim['limits']): void {
    this.authorization = { ...this.authorization, claims: [claim(this.clock, limits)] };
  }

  /** Settles as the dial of a client would. */
  dial(callId = this.newId(), more: { callerNumber?: string } = {}) {
    const request = { messageId: 'message-1', callId, destination: '(202) 555-0100', offer: 'v=0 offer', ...more };
    return this.director.dial(this.client, request, {
      notify: (name, payload) => {
        if (name === 'call:status') this.statuses.push(payload as CallStatus);
        else this.others.push(name);
      },
    });
  }

  newId(): CallId {
    this.#calls += 1;
    return `call-${this.#calls}` as CallId;
  }

  settle(): Promise<void> {
    return this.clock.advanceAsync(0);
  }

  /** A call that is being talked in. */
  async talk(): Promise<CallId> {
    const callId = this.newId();
    await this.dial(callId);
    await this.settle();
    this.sip.last.emit('answered', { sdp: 'sdp' });
    this.sessions.at(-1)?.emit('browserConnected');
    await this.settle();
    return callId;
  }

  /** Present use of the meter `rule:us`. */
  async use() {
    const [use] = await this.usage.read([claim(this.clock, {})], this.clock.now());
    return use;
  }

  closingOf(callId: CallId): CallClosing | undefined {
    return this.closings.find((closing) => closing.callId === callId);
  }

  eventsOf(type: string) {
    return this.events.filter((event) => event.type === type);
  }

  #deps() {
    return {
      sip: this.sip,
      relay: {
        createSession: () => {
          if (this.isRelayDown) throw new Error('no media worker');
          const session = new FakeMediaSession();
          session.offerError = this.offerError;
          this.sessions.push(session);
          return session;
        },
        join: this.joins.join,
      },
      log: {
        requested: (opening: CallOpening) => void this.openings.push(opening),
        event: (callId: CallId, type: string, { detail = {} }: CallEventDetails = {}) =>
          void this.events.push({ callId, type, ...detail }),
        progressed: () => undefined,
        ended: (callId: CallId, closing: CallClosing) => void this.closings.push({ ...closing, callId }),
      },
      authorizer: {
        authorize: async (request: CallRequest) => {
          this.asked.push(request);
          await this.authorizing;
          return this.authorization;
        },
      },
      limits: this.limits,
      proxyServer: {
        select: async ({ calledNumber: number, gatewayIds }: SelectionRequest) => {
          this.selections.push({ number, gatewayIds });
          await this.selecting;
          return { candidates: this.gateways, steps: this.steps, routeId: null, strategy: 'priority' as const };
        },
        claim: async () => 'claimed' as const,
        release: () => undefined,
        report: (report: GatewayCallReport) => void this.reports.push(report),
      },
      newId: () => this.newId(),
      clock: this.clock,
      logger: this.logger,
    };
  }
}
