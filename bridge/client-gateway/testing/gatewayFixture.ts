import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { type EmbedKey, originMatcher } from '../../../shared/admin/index.ts';
import type { BrandId, CallId, UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import {
  type Ack,
  type AckData,
  type Availability,
  type Brand,
  brandSchema,
  type CallStatus,
  callStatusSchema,
  type IncomingCall,
  type NotificationName,
  protocolVersion,
  type RequestName,
  type RequestPayload,
} from '../../../shared/protocol/index.ts';
import type { CallClient, CallServer, ClientChannel, DeviceCalls } from '../../call-server/index.ts';
import { type AccessEnd, type Entry, PageOrigins, type SigningKey } from '../../front-end-server/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { ClientGateway } from '../ClientGateway.ts';
import type { ClientGatewayOptions } from '../ClientGatewayDeps.ts';

export const sdp = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n';
export const brand = brandSchema.parse({ id: 'default', name: 'Dialbridge', defaultCountry: 'US', language: 'en' });

export function statusOf(callId: string): CallStatus {
  return callStatusSchema.parse({
    callId,
    revision: 1,
    state: 'dialing',
    calledNumber: '+12025550123',
    hasEarlyMedia: false,
    codec: null,
    isMuted: false,
    requestedAt: 1,
    answeredAt: null,
    endedAt: null,
    end: null,
  });
}

/** A call server that writes down what it is asked and can be told to fail or to take its time. */
export class FakeCallServer implements CallServer {
  readonly asked: unknown[][] = [];
  readonly channels: ClientChannel[] = [];
  readonly clients: CallClient[] = [];
  calls: CallStatus[] = [];
  incomingCalls: IncomingCall[] = [];
  availability: Availability = { isDoNotDisturb: false, hasCallWaiting: true };
  failure: unknown;
  /** While set, requests wait for it. */
  gate: Promise<void> | undefined;

  release(isOver: (client: CallClient) => boolean): void {
    for (const { user, deviceId } of this.clients.filter(isOver)) this.asked.push(['release', user.id, deviceId]);
  }

  attach(client: CallClient, channel: ClientChannel): DeviceCalls {
    this.asked.push(['attach', client.user.id, client.deviceId]);
    this.channels.push(channel);
    this.clients.push(client);
    return { calls: this.calls, incomingCalls: this.incomingCalls, elsewhere: { devices: [], calls: [] } };
  }

  detach(client: CallClient, channel: ClientChannel): void {
    this.asked.push(['detach', client.user.id, client.deviceId, this.channels.indexOf(channel)]);
  }

  async dial(_client: CallClient, { callId, destination }: RequestPayload<'call:dial'>): Promise<AckData<'call:dial'>> {
    await this.#ask('dial', callId, destination);
    return { answer: sdp, status: statusOf(callId) };
  }

  async answer(_client: CallClient, { callId }: RequestPayload<'call:answer'>): Promise<AckData<'call:answer'>> {
    await this.#ask('answer', callId);
    return { answer: sdp, status: statusOf(callId) };
  }

  decline(_client: CallClient, callId: CallId): Promise<void> {
    return this.#ask('decline', callId);
  }

  async availabilityOf(): Promise<Availability> {
    return this.availability;
  }

  async setAvailability(
    _client: CallClient,
    { isDoNotDisturb, hasCallWaiting }: RequestPayload<'session:setAvailability'>,
  ): Promise<Availability> {
    await this.#ask('setAvailability', isDoNotDisturb, hasCallWaiting);
    return this.availability;
  }

  hangUp(_client: CallClient, callId: CallId): Promise<void> {
    return this.#ask('hangUp', callId);
  }

  sendDtmf(_client: CallClient, callId: CallId, digits: string): Promise<void> {
    return this.#ask('sendDtmf', callId, digits);
  }

  setMuted(_client: CallClient, callId: CallId, isMuted: boolean): Promise<void> {
    return this.#ask('setMuted', callId, isMuted);
  }

  hold(_client: CallClient, callId: CallId): Promise<void> {
    return this.#ask('hold', callId);
  }

  resume(_client: CallClient, callId: CallId): Promise<void> {
    return this.#ask('resume', callId);
  }

  transfer(_client: CallClient, { callId, to }: RequestPayload<'call:transfer'>): Promise<void> {
    return this.#ask('transfer', callId, to);
  }

  async reattach(
    _client: CallClient,
    { callId, resumeKey }: RequestPayload<'call:reattach'>,
  ): Promise<AckData<'call:reattach'>> {
    await this.#ask('reattach', callId, resumeKey);
    return { answer: sdp, status: statusOf(callId) };
  }

  async handOver(_client: CallClient, callId: CallId): Promise<AckData<'call:handOver'>> {
    await this.#ask('handOver', callId);
    return { resumeKey: 'a-key-that-is-long-enough', expiresAtMs: 1 };
  }

  push(_client: CallClient, { callId, deviceId }: RequestPayload<'call:push'>): Promise<void> {
    return this.#ask('push', callId, deviceId);
  }

  mediaStateChanged(_client: CallClient, { callId, state }: RequestPayload<'media:state'>): Promise<void> {
    return this.#ask('mediaStateChanged', callId, state);
  }

  async startCheck(_client: CallClient, { checkId }: RequestPayload<'media:check'>): Promise<AckData<'media:check'>> {
    await this.#ask('startCheck', checkId);
    return { answer: sdp, endsAtMs: 1 };
  }

  endCheck(_client: CallClient, checkId: string): Promise<void> {
    return this.#ask('endCheck', checkId);
  }

  reportQuality(_client: CallClient, { callId, quality }: RequestPayload<'stats:report'>): Promise<void> {
    return this.#ask('reportQuality', callId, quality);
  }

  async acceptOffer(_client: CallClient, callId: CallId, offer: string): Promise<{ answer: string }> {
    await this.#ask('acceptOffer', callId, offer);
    return { answer: sdp };
  }

  addCandidates(_client: CallClient, callId: CallId, candidates: readonly string[]): Promise<void> {
    return this.#ask('addCandidates', callId, candidates);
  }

  async #ask(...question: unknown[]): Promise<void> {
    this.asked.push(question);
    await this.gate;
    if (this.failure !== undefined) throw this.failure;
  }
}

/** A client gateway on a loopback port of its own, with real sockets, a fake call server and a fake clock. */
export class GatewayFixture {
  readonly clock = new FakeClock();
  readonly logger = new RecordingLogger();
  readonly callServer = new FakeCallServer();
  /** By id; whoever is of none sees the usual one. */
  readonly brands = new Map<string, Brand>();
  /** By user id, of those who did not come in by an account. */
  readonly entries = new Map<string, Entry>();
  /** By family, what `Revocations.look` says. */
  readonly ends = new Map<string, AccessEnd>();
  readonly revocationEvents = new EventEmitter<{ read: [] }>();
  readonly embedKeys = new Map<string, EmbedKey>();
  readonly signingKeys = new Map<string, SigningKey>();
  readonly gateway: ClientGateway;
  readonly #httpServer = createServer((_req, res) => void res.writeHead(404).end());
  readonly #sockets: Socket[] = [];
  url = '';

  static async start(options: Partial<ClientGatewayOptions> = {}): Promise<GatewayFixture> {
    const fixture = new GatewayFixture(options);
    await new Promise<void>((resolve) => fixture.#httpServer.listen(0, '127.0.0.1', resolve));
    fixture.url = `http://127.0.0.1:${(fixture.#httpServer.address() as AddressInfo).port}`;
    return fixture;
  }

  private constructor(options: Partial<ClientGatewayOptions>) {
    this.gateway = new ClientGateway(
      {
        httpServer: this.#httpServer,
        callServer: this.callServer,
        // A token is `token:USER:FAMILY:EXPIRY:BRAND`, good until the expiry on the fake clock.
        accessTokens: {
          verify: async (token) => {
            const [kind, id = '', familyId = '', expiry = '', brandId = ''] = token.split(':');
            if (kind !== 'token') throw new DialbridgeError('unauthenticated');
            const expiresAtMs = Number(expiry);
            if (expiresAtMs <= this.clock.now()) throw new DialbridgeError('sessionExpired');
            const user = { id: id as UserId, userName: id, displayName: id, role: 'user' as const };
            const entry = this.entries.get(id) ?? { kind: 'account' as const };
            const issuedAtMs = this.clock.now();
            return { user, brandId: brandId as BrandId, entry, familyId, issuedAtMs, expiresAtMs };
          },
        },
        revocations: { look: ({ familyId }) => this.ends.get(familyId), events: this.revocationEvents },
        brands: { get: (id) => this.brands.get(id) ?? brand },
        pageOrigins: new PageOrigins({ embedKeys: bookOf(this.embedKeys), signingKeys: bookOf(this.signingKeys) }),
        callerNumbersOf: async ({ user }) => [`number of ${user.id}`],
        clock: this.clock,
        logger: this.logger,
      },
      { callServerId: 'main' as ClientGatewayOptions['callServerId'], reconnectWindowMs: 30_000, ...options },
    );
  }

  get isListening(): boolean {
    return this.#httpServer.listening;
  }

  token(userId = 'alice', { familyId = 'f1', ttlMs = 600_000, brandId = 'default' } = {}): string {
    return `token:${userId}:${familyId}:${this.clock.now() + ttlMs}:${brandId}`;
  }

  async connect(
    transports: ('websocket' | 'polling')[] = ['websocket'],
    extraHeaders: Record<string, string> = {},
  ): Promise<TestClient> {
    const socket = io(this.url, { transports, forceNew: true, reconnection: false, extraHeaders });
    this.#sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return new TestClient(socket);
  }

  /** Connects and says hello. */
  async enter(
    userId = 'alice',
    deviceId = 'tab-1',
    token = this.token(userId),
    fields: object = {},
  ): Promise<TestClient> {
    const client = await this.connect();
    const answer = await client.hello(token, deviceId, fields);
    if (!answer.ok) throw new Error(`hello was refused: ${answer.error.code}`);
    return client;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.disconnect();
    await this.gateway.close();
    this.#httpServer.closeAllConnections();
    await new Promise((resolve) => this.#httpServer.close(resolve));
  }
}

/** A book of keys as `PageOrigins` wants it, in which a change counts at once. */
function bookOf<Key extends { readonly origins: readonly string[] }>(keys: ReadonlyMap<string, Key>) {
  return {
    get entities() {
      return new Map(keys);
    },
    get: (id: string) => keys.get(id),
    isPageOf: (key: Key, origin: string) => originMatcher(key.origins)(origin),
  };
}

let lastMessageId = 0;

export class TestClient {
  readonly socket: Socket;
  readonly gone: Promise<string>;

  constructor(socket: Socket) {
    this.socket = socket;
    this.gone = new Promise((resolve) => socket.once('disconnect', resolve));
  }

  /** Sends anything and resolves with whatever is acked. */
  raw(name: string, ...args: unknown[]): Promise<Ack<unknown>> {
    return new Promise((resolve) => this.socket.emit(name, ...args, resolve));
  }

  ask<Name extends RequestName>(name: Name, fields: object = {}): Promise<Ack<AckData<Name>>> {
    lastMessageId += 1;
    return this.raw(name, { messageId: `message-${lastMessageId}`, ...fields }) as Promise<Ack<AckData<Name>>>;
  }

  hello(accessToken: string, deviceId = 'tab-1', fields: object = {}): Promise<Ack<AckData<'session:hello'>>> {
    return this.ask('session:hello', {
      protocolVersion,
      accessToken,
      deviceId,
      client: { name: 'test', version: '1' },
      ...fields,
    });
  }

  notified(name: NotificationName): Promise<unknown> {
    return new Promise((resolve) => this.socket.once(name, resolve));
  }
}
