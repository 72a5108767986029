import type { CallId, DeviceId } from '../../../../shared/domain/index.ts';
import type { NotificationName, NotificationPayload } from '../../../../shared/protocol/index.ts';
import type { CallClient, ClientChannel } from '../../CallServer.ts';
import { ConnectedDevices } from '../../ConnectedDevices.ts';
import { DirectorBench } from '../../call-director/testing/DirectorBench.ts';
import type { FakeMediaSession } from '../../call-handler/fakes/FakeMediaSession.ts';
import { callClient } from '../../testing/callClient.ts';
import { HandOver } from '../HandOver.ts';

/** A device with its socket; what it was told is in `heard`. */
export class BenchDevice implements ClientChannel {
  readonly client: CallClient;
  readonly heard: { readonly name: NotificationName; readonly payload: unknown }[] = [];

  constructor(client: CallClient) {
    this.client = client;
  }

  notify<Name extends NotificationName>(name: Name, payload: NotificationPayload<Name>): void {
    this.heard.push({ name, payload });
  }

  all<Name extends NotificationName>(name: Name): NotificationPayload<Name>[] {
    return this.heard.filter((one) => one.name === name).map((one) => one.payload as NotificationPayload<Name>);
  }

  last<Name extends NotificationName>(name: Name): NotificationPayload<Name> | undefined {
    return this.all(name).at(-1);
  }

  /** The key that it was given last. @throws where it has none */
  get key(): string {
    const key = this.last('call:resumeKey')?.resumeKey;
    if (key === undefined) throw new Error('this device was given no key');
    return key;
  }
}

export function device(userName: string, deviceId: string, change: Partial<CallClient> = {}): BenchDevice {
  return new BenchDevice(
    callClient(userName, { deviceId: deviceId as DeviceId, deviceName: `the ${deviceId}`, ...change }),
  );
}

/** Handing over, between a real director and devices that a test connects. Random bytes are counted up. */
export class HandOverBench {
  readonly #bench: DirectorBench;
  readonly devices = new ConnectedDevices();
  readonly handOver: HandOver;
  #random = 0;

  static async create(): Promise<HandOverBench> {
    return new HandOverBench(await DirectorBench.create());
  }

  private constructor(bench: DirectorBench) {
    this.#bench = bench;
    const { director, clock } = bench;
    const randomBytes = (size: number) => {
      this.#random += 1;
      return new Uint8Array(size).fill(this.#random);
    };
    this.handOver = new HandOver({ director, devices: this.devices, clock, randomBytes });
  }

  get clock() {
    return this.#bench.clock;
  }

  get director() {
    return this.#bench.director;
  }

  get session(): FakeMediaSession {
    const session = this.#bench.sessions.at(-1);
    if (!session) throw new Error('nobody has called yet');
    return session;
  }

  get sip() {
    return this.#bench.sip;
  }

  closingOf(callId: CallId) {
    return this.#bench.closingOf(callId);
  }

  settle(): Promise<void> {
    return this.clock.advanceAsync(0);
  }

  /** As the call server does it. */
  connect(one: BenchDevice) {
    this.devices.add(one.client, one);
    for (const handler of this.director.handlersOf(one.client)) handler.attach(one);
    return this.handOver.connected(one.client, one);
  }

  disconnect(one: BenchDevice): void {
    this.devices.remove(one.client, one);
    for (const handler of this.director.handlersOf(one.client)) handler.detach();
    this.handOver.gone(one.client);
  }

  /** A call that rings. */
  async dial(one: BenchDevice, calledName?: string): Promise<CallId> {
    const callId = this.#bench.newId();
    const request = {
      messageId: 'm',
      callId,
      destination: '(202) 555-0100',
      offer: 'first',
      ...(calledName && { calledName }),
    };
    await this.director.dial(one.client, request, one);
    await this.settle();
    this.sip.last.emit('progress', { status: 180, reason: 'Ringing', sdp: null });
    return callId;
  }

  /** A call that is talked in. */
  async talk(one: BenchDevice, calledName?: string): Promise<CallId> {
    const callId = await this.dial(one, calledName);
    this.sip.last.emit('answered', { sdp: 'sdp' });
    this.session.emit('browserConnected');
    await this.settle();
    return callId;
  }

  reattach(one: BenchDevice, callId: CallId, resumeKey?: string) {
    return this.handOver.reattach(one.client, {
      ...{ messageId: 'm', callId, offer: `offer of ${one.client.deviceId}` },
      ...(resumeKey !== undefined && { resumeKey }),
    });
  }
}
