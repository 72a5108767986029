import { EventEmitter } from 'node:events';
import {
  type Gateway,
  gatewaySchema,
  groupSchema,
  numberSchema,
  type Rule,
  ruleSchema,
} from '../../../../shared/admin/index.ts';
import type { CallId, CallServerId, CodecName, UserId } from '../../../../shared/domain/index.ts';
import { ZoneClocks } from '../../../calendar/index.ts';
import type { User } from '../../../front-end-server/index.ts';
import { MediaError } from '../../../media-relay/index.ts';
import { FakeClock } from '../../../observability/FakeClock.ts';
import { RecordingLogger } from '../../../observability/RecordingLogger.ts';
import { type AddressOfRecord, type GatewayCallReport, Registrations } from '../../../proxy-server/index.ts';
import type { SipStackEvents } from '../../../sip-stack/index.ts';
import type { CallClosing, CallOpening, CallProgress } from '../../../storage/index.ts';
import { MemoryActiveCallStore, MemoryCollection, MemoryUsageStore } from '../../../storage/memory/index.ts';
import { ConnectedDevices } from '../../ConnectedDevices.ts';
import { CallLimits } from '../../call-director/index.ts';
import { createAuthorizer } from '../../call-director/testing/createAuthorizer.ts';
import { FakeIncomingSipCall } from '../../call-handler/fakes/FakeIncomingSipCall.ts';
import { FakeMediaSession } from '../../call-handler/fakes/FakeMediaSession.ts';
import { FakeSip } from '../../call-handler/fakes/FakeSip.ts';
import { FakeTrunkSession } from '../../call-handler/fakes/FakeTrunkSession.ts';
import type { CallHandler } from '../../call-handler/index.ts';
import { IncomingCalls } from '../IncomingCalls.ts';
import { NumberBook } from '../numbers/NumberBook.ts';
import { Availabilities, type KeptAvailability } from '../people/Availabilities.ts';
import { Callees } from '../people/Callees.ts';
import { BenchDevice } from './BenchDevice.ts';
import { makeUser } from './makeUser.ts';

export const ours = '+493012345678';

/** Incoming calls between a gateway, devices and a log that a test leads or reads. */
export class IncomingBench {
  readonly clock = new FakeClock();
  readonly logger = new RecordingLogger();
  readonly sip = Object.assign(new FakeSip(), { events: new EventEmitter<SipStackEvents>() });
  readonly trunks: FakeTrunkSession[] = [];
  readonly usage: MemoryUsageStore;
  rules: Rule[] = [ruleSchema.parse({ id: 'all', action: 'allow' })];
  /** Gateways to the telephone network. */
  gateways: Gateway[] = [];
  readonly media: FakeMediaSession[] = [];
  readonly openings: CallOpening[] = [];
  readonly progress: CallProgress[] = [];
  readonly closings: CallClosing[] = [];
  readonly events: (Record<string, unknown> & { readonly type: string })[] = [];
  readonly reports: string[] = [];
  readonly places = new Set<string>();
  readonly taken = new Map<CallId, CallHandler>();
  readonly activeCalls = new MemoryActiveCallStore();
  readonly devices = new ConnectedDevices();
  readonly contacts = new Map<UserId, { name: string; number: string }>();
  users: User[] = [];
  place: 'claimed' | 'full' | 'tooFast' = 'claimed';
  readonly registrations: Registrations;
  readonly availabilities: Availabilities;
  readonly book: NumberBook;
  readonly limits: CallLimits;
  readonly calls: IncomingCalls;
  #lastId = 0;

  /** With Alice, Bob and Carol, all of the group `support`. */
  static async create(numbers: readonly object[], parts: Partial<ConstructorParameters<typeof IncomingCalls>[0]> = {}) {
    const clock = new FakeClock();
    const logger = new RecordingLogger();
    const registrations = await Registrations.create(
      { addresses: new MemoryCollection<AddressOfRecord>(), clock, logger },
      { callServerId: 's1' as CallServerId, reconnectWindowMs: 30_000 },
    );
    const entries = numbers.map((number) => numberSchema.parse({ id: ours, brandId: 'b1', ...number }));
    const book = await NumberBook.create({
      numbers: { list: async () => entries },
      clocks: new ZoneClocks(),
      clock,
      logger,
    });
    const usage = new MemoryUsageStore();
    const limits = await CallLimits.create({ usage, clock, logger }, { callServerId: 's1' as CallServerId });
    return new IncomingBench({ clock, logger, registrations, book, limits, usage }, parts);
  }

  private constructor(
    made: Pick<IncomingBench, 'clock' | 'logger' | 'registrations' | 'book' | 'limits' | 'usage'>,
    parts: Partial<ConstructorParameters<typeof IncomingCalls>[0]>,
  ) {
    Object.assign(this, made);
    const { clock, logger } = made;
    this.registrations = made.registrations;
    this.book = made.book;
    this.limits = made.limits;
    this.usage = made.usage;
    this.users = ['alice', 'bob', 'carol'].map((userName) => makeUser(userName));
    this.availabilities = new Availabilities({ availabilities: new MemoryCollection<KeptAvailability>() });
    const gateway = gatewaySchema.parse({ id: 'gw1', host: '192.0.2.1', codecs: ['PCMU', 'PCMA'] });
    const group = groupSchema.parse({ id: 'support', name: 'Support', revision: 1, updatedAtMs: 1 });
    this.calls = new IncomingCalls(
      {
        sip: this.sip,
        relay: {
          createSession: () => {
            const session = new FakeMediaSession();
            this.media.push(session);
            return session;
          },
          join: async () => undefined,
          createTrunkSession: () => {
            const trunk = new FakeTrunkSession();
            this.trunks.push(trunk);
            return trunk;
          },
          codecsIn: (offer) => codecsOf(offer),
        },
        log: {
          requested: (opening) => void this.openings.push(opening),
          event: (_, type, { detail = {} } = {}) => void this.events.push({ type, ...detail }),
          progressed: (_, progress) => void this.progress.push(progress),
          ended: (_, closing) => void this.closings.push(closing),
        },
        proxyServer: {
          select: async () => ({ candidates: this.gateways, steps: [], routeId: null, strategy: 'priority' }),
          gateway: (id) => (id === gateway.id ? gateway : undefined),
          claim: async ({ id }, callId) => {
            if (this.place === 'claimed') this.places.add(`${id} ${callId}`);
            return this.place;
          },
          release: (gatewayId, callId) => void this.places.delete(`${gatewayId} ${callId}`),
          report: ({ kind, gatewayId }: GatewayCallReport) =>
            void this.reports.push(gatewayId === 'gw1' ? kind : `${gatewayId} ${kind}`),
        },
        book: this.book,
        callees: new Callees({
          users: {
            findByName: async (name) => this.users.find(({ userName }) => userName === name.toLowerCase()),
            membersOf: async (groupId) => this.users.filter(({ groups }) => groups.includes(groupId)),
          },
          groups: { get: async (id) => (id === 'support' ? group : undefined) },
        }),
        authorizer: {
          authorize: (request) => createAuthorizer({ clock, rules: this.rules, users: this.users }).authorize(request),
        },
        limits: this.limits,
        devices: this.devices,
        registrations: this.registrations,
        availabilities: this.availabilities,
        activeCalls: this.activeCalls,
        addressBooks: { list: async (userId) => this.#contactsOf(userId) },
        callServerId: 's1' as CallServerId,
        newId: () => {
          this.#lastId += 1;
          return `call-${this.#lastId}`;
        },
        clock,
        logger,
        ...parts,
      },
      {
        callServerId: 's1' as CallServerId,
        reconnectWindowMs: 30_000,
        maxDurationMs: 3_600_000,
        firstResponseTimeoutMs: 1500,
        progressTimeoutMs: 20_000,
        callerNumber: null,
        dtmf: { durationMs: 120, gapMs: 80 },
      },
    );
    this.calls.on('taken', (callId, handler) => this.taken.set(callId, handler));
  }

  connect(userName: string, deviceId = 'd1'): BenchDevice {
    const device = new BenchDevice(userName, deviceId);
    this.devices.add(device.client, device);
    this.registrations.connected({ userId: device.client.user.id, deviceId: device.client.deviceId }, 'test');
    return device;
  }

  disconnect({ client }: BenchDevice): void {
    const channel = this.devices.channelOf(client);
    if (channel) this.devices.remove(client, channel);
    this.registrations.gone({ userId: client.user.id, deviceId: client.deviceId });
  }

  /** The gateway calls; what can happen at once has happened. */
  async call(change: ConstructorParameters<typeof FakeIncomingSipCall>[0] = {}): Promise<FakeIncomingSipCall> {
    const call = new FakeIncomingSipCall(change);
    this.sip.events.emit('incomingCall', call);
    await this.settle();
    return call;
  }

  settle(): Promise<void> {
    return this.clock.advanceAsync(0);
  }

  eventTypes(): string[] {
    return this.events.map(({ type }) => type);
  }

  /** Nothing rings, and nothing is held. */
  isFree(): boolean {
    return (
      this.calls.activeCalls === 0 &&
      this.places.size === 0 &&
      [...this.media, ...this.trunks].every(({ isClosed }) => isClosed)
    );
  }

  #contactsOf(userId: UserId) {
    const contact = this.contacts.get(userId);
    if (!contact) return [];
    const { name, number } = contact;
    return [{ id: 'c1' as never, name, numbers: [{ number, label: 'work' as const }], revision: 1, updatedAtMs: 1 }];
  }
}

/** `junk` is no SDP, `plain` has no keys where they are required, and nobody speaks what is in `strange`. */
function codecsOf(offer: string): readonly CodecName[] {
  if (offer === 'junk') throw new MediaError('badOffer', 'unreadable');
  if (offer === 'plain') throw new MediaError('notEncrypted', 'SRTP is required');
  if (offer === 'strange') throw new MediaError('noCommonCodec', 'none of ours');
  return ['PCMA'];
}
