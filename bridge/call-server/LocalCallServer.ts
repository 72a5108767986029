import type { Gateway } from '../../shared/admin/index.ts';
import type { CallId, UserId } from '../../shared/domain/index.ts';
import { DialbridgeError } from '../../shared/errors/index.ts';
import type { AckData, Availability, RequestPayload } from '../../shared/protocol/index.ts';
import type { Registrations } from '../proxy-server/index.ts';
import type { IncomingSipCall } from '../sip-stack/index.ts';
import type { CallClient, CallServer, ClientChannel, DeviceCalls } from './CallServer.ts';
import type { ConnectedDevices } from './ConnectedDevices.ts';
import type { CallDirector } from './call-director/index.ts';
import type { CallHandler } from './call-handler/index.ts';
import type { CallQualities } from './call-quality/index.ts';
import type { HandOver } from './hand-over/index.ts';
import type { Availabilities, IncomingCalls } from './incoming/index.ts';
import type { MediaChecks } from './media-check/index.ts';

export interface LocalCallServerDeps {
  readonly director: CallDirector;
  readonly incoming: Pick<IncomingCalls, 'ringingAt' | 'answer' | 'decline' | 'silence' | 'release' | 'replace'> & {
    on(event: 'taken', listener: (callId: CallId, handler: CallHandler) => void): unknown;
    on(event: 'replacing', listener: (call: IncomingSipCall, gateway: Gateway) => void): unknown;
  };
  readonly devices: ConnectedDevices;
  readonly registrations: Pick<Registrations, 'connected' | 'gone'>;
  readonly availabilities: Availabilities;
  readonly handOver: HandOver;
  readonly qualities: Pick<CallQualities, 'reported'>;
  readonly checks: Pick<MediaChecks, 'start' | 'end' | 'gone'>;
}

/** The call server of this process: which device is on which channel, and whose call is meant. */
export class LocalCallServer implements CallServer {
  readonly #deps: LocalCallServerDeps;

  constructor(deps: LocalCallServerDeps) {
    this.#deps = deps;
    const { director, incoming } = deps;
    incoming.on('taken', (callId, handler) => director.adopt(callId, handler));
    incoming.on('replacing', (call, gateway) => {
      const handler = call.replaces && director.findByDialog(gateway.id, call.replaces);
      if (handler) incoming.replace(handler, call, gateway);
      else call.reject({ status: 481 });
    });
  }

  attach(client: CallClient, channel: ClientChannel): DeviceCalls {
    const { director, incoming, devices, registrations, handOver } = this.#deps;
    devices.add(client, channel);
    registrations.connected({ userId: client.user.id, deviceId: client.deviceId }, client.clientName);
    const calls = director.handlersOf(client).map((handler) => {
      handler.attach(channel);
      return handler.status;
    });
    return { calls, incomingCalls: incoming.ringingAt(client), elsewhere: handOver.connected(client, channel) };
  }

  detach(client: CallClient, channel: ClientChannel): void {
    const { director, devices, registrations, handOver, checks } = this.#deps;
    if (!devices.remove(client, channel)) return;
    registrations.gone({ userId: client.user.id, deviceId: client.deviceId });
    for (const handler of director.handlersOf(client)) handler.detach();
    handOver.gone(client);
    checks.gone(client);
  }

  release(isOver: (client: CallClient) => boolean): void {
    this.#deps.director.hangUpWhere(isOver);
    this.#deps.incoming.release(isOver);
  }

  dial(client: CallClient, request: RequestPayload<'call:dial'>): Promise<AckData<'call:dial'>> {
    return this.#deps.director.dial(client, request, this.#deps.devices.channelOf(client));
  }

  answer(client: CallClient, { callId, offer }: RequestPayload<'call:answer'>): Promise<AckData<'call:answer'>> {
    return this.#deps.incoming.answer(client, callId, offer);
  }

  async decline(client: CallClient, callId: CallId): Promise<void> {
    this.#deps.incoming.decline(client, callId);
  }

  async hangUp(client: CallClient, callId: CallId): Promise<void> {
    this.#deps.director.hangUp(client, callId);
  }

  async sendDtmf(client: CallClient, callId: CallId, digits: string): Promise<void> {
    await this.#deps.director.handler(client, callId).sendDtmf(digits);
  }

  async setMuted(client: CallClient, callId: CallId, isMuted: boolean): Promise<void> {
    this.#deps.director.handler(client, callId).setMuted(isMuted);
  }

  async acceptOffer(client: CallClient, callId: CallId, offer: string): Promise<AckData<'media:offer'>> {
    return { answer: await this.#deps.director.handler(client, callId).renegotiate(offer) };
  }

  async addCandidates(client: CallClient, callId: CallId, candidates: readonly string[]): Promise<void> {
    this.#deps.director.handler(client, callId).addCandidates(candidates);
  }

  async hold(client: CallClient, callId: CallId): Promise<void> {
    await this.#deps.director.handler(client, callId).inCall.hold.hold();
  }

  async resume(client: CallClient, callId: CallId): Promise<void> {
    await this.#deps.director.handler(client, callId).inCall.resume();
  }

  async transfer(client: CallClient, request: RequestPayload<'call:transfer'>): Promise<void> {
    await this.#deps.director.transfer(client, request);
  }

  reattach(client: CallClient, request: RequestPayload<'call:reattach'>): Promise<AckData<'call:reattach'>> {
    return this.#deps.handOver.reattach(client, request);
  }

  async handOver(client: CallClient, callId: CallId): Promise<AckData<'call:handOver'>> {
    return this.#deps.handOver.handOver(client, callId);
  }

  async push(client: CallClient, request: RequestPayload<'call:push'>): Promise<void> {
    this.#deps.handOver.push(client, request);
  }

  async mediaStateChanged(client: CallClient, { callId, state }: RequestPayload<'media:state'>): Promise<void> {
    this.#deps.director.handler(client, callId).mediaStateChanged(state);
  }

  startCheck(client: CallClient, { checkId, offer }: RequestPayload<'media:check'>): Promise<AckData<'media:check'>> {
    return this.#deps.checks.start(client, checkId, offer);
  }

  endCheck(client: CallClient, checkId: string): Promise<void> {
    return this.#deps.checks.end(client, checkId);
  }

  async reportQuality(client: CallClient, { callId, quality }: RequestPayload<'stats:report'>): Promise<void> {
    // Of the device that has the call, and of no other.
    this.#deps.director.handler(client, callId);
    this.#deps.qualities.reported(callId, quality);
  }

  availabilityOf(userId: UserId): Promise<Availability> {
    return this.#deps.availabilities.get(userId);
  }

  async setAvailability(
    { user, deviceId, entry }: CallClient,
    change: RequestPayload<'session:setAvailability'>,
  ): Promise<Availability> {
    // Visitors are never rung, and there could be any number of them.
    if (entry.kind === 'embedKey') throw new DialbridgeError('forbidden');
    const availability = await this.#deps.availabilities.change(user.id, change);
    if (availability.isDoNotDisturb) this.#deps.incoming.silence(user.id);
    for (const device of this.#deps.devices.ofUser(user.id)) {
      if (device.client.deviceId !== deviceId) device.channel.notify('session:availabilityChanged', availability);
    }
    return availability;
  }
}
