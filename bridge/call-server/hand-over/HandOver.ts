import type { CallId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { AckData, Elsewhere as ElsewhereFacts, RequestPayload } from '../../../shared/protocol/index.ts';
import type { CallClient, ClientChannel } from '../CallServer.ts';
import type { ConnectedDevices } from '../ConnectedDevices.ts';
import type { CallDirector } from '../call-director/index.ts';
import type { CallHandler } from '../call-handler/index.ts';
import { describeCall, describeDevice } from './describeElsewhere.ts';
import { Elsewhere, isVisitor } from './Elsewhere.ts';
import { ResumeKeys, type ResumeKeysDeps } from './ResumeKeys.ts';

export interface HandOverDeps extends ResumeKeysDeps {
  readonly director: Pick<CallDirector, 'handler' | 'find' | 'handlersOf' | 'handlersOfUser' | 'on'>;
  readonly devices: Pick<ConnectedDevices, 'get' | 'ofUser' | 'channelOf'>;
}

/** Lets a call go on at another device of its person, or at the same one after a crash. */
export class HandOver {
  readonly #deps: HandOverDeps;
  readonly #keys: ResumeKeys;
  readonly #elsewhere: Elsewhere;

  constructor(deps: HandOverDeps) {
    this.#deps = deps;
    const { director, devices } = deps;
    this.#keys = new ResumeKeys(deps);
    this.#elsewhere = new Elsewhere({ devices, callsOf: (userId) => director.handlersOfUser(userId) });
    director.on('began', (callId, handler) => this.#began(callId, handler));
  }

  /** Calls that have keys; zero when none is up. */
  get callsWithKeys(): number {
    return this.#keys.size;
  }

  /** A device is connected (again), and its calls know it already. Its keys may have been lost with what it was before. */
  connected(client: CallClient, channel: ClientChannel): ElsewhereFacts {
    for (const { status } of this.#deps.director.handlersOf(client)) this.#giveKey(status.callId, channel);
    this.#elsewhere.changed(client.user.id);
    return this.#elsewhere.tell(client, channel);
  }

  /** It went, and its calls are held for it. */
  gone({ user }: CallClient): void {
    this.#elsewhere.changed(user.id);
  }

  /**
   * The call is this device's from now on; the one that had it is told, once its audio has moved.
   * @throws DialbridgeError `callNotFound`, `resumeKeyInvalid`, `forbidden` (a visitor without a key), and as `CallHandler.acceptOffer`:
   * the call is then where it was, and a key that was used is good again
   */
  async reattach(
    client: CallClient,
    { callId, offer, resumeKey }: RequestPayload<'call:reattach'>,
  ): Promise<AckData<'call:reattach'>> {
    const handler = this.#deps.director.find(callId);
    if (!handler) throw new DialbridgeError('callNotFound');
    const giveBack = this.#admit(client, handler, resumeKey);
    const from = handler.client;
    const isMove = from.deviceId !== client.deviceId;
    try {
      if (isMove) handler.moveTo(client, this.#deps.devices.channelOf(client));
      const answer = await handler.acceptOffer(offer);
      this.#moved(callId, { from, to: client });
      return { answer, status: handler.status };
    } catch (error) {
      giveBack();
      // Unless another device has taken it meanwhile, or it is over.
      if (isMove && handler.client === client && handler.isRunning) {
        handler.moveTo(from, this.#deps.devices.channelOf(from));
      }
      throw error;
    }
  }

  /** @throws DialbridgeError `callNotFound`, `forbidden` for a visitor: no other device is the same visitor */
  handOver(client: CallClient, callId: CallId): AckData<'call:handOver'> {
    const { status } = this.#deps.director.handler(client, callId);
    if (isVisitor(client)) throw new DialbridgeError('forbidden');
    return this.#keys.issueFurther(status.callId);
  }

  /** @throws DialbridgeError `callNotFound`, `forbidden`, `notEstablished`, `deviceGone` */
  push(client: CallClient, { callId, deviceId }: RequestPayload<'call:push'>): void {
    const handler = this.#deps.director.handler(client, callId);
    if (isVisitor(client)) throw new DialbridgeError('forbidden');
    const call = describeCall(handler);
    if (!call) throw new DialbridgeError('notEstablished');
    const other = deviceId === client.deviceId ? undefined : this.#deps.devices.get(client.user.id, deviceId);
    if (!other) throw new DialbridgeError('deviceGone');
    other.channel.notify('call:pushed', { call });
  }

  /** Returns what makes the key good again. */
  #admit(client: CallClient, handler: CallHandler, resumeKey: string | undefined): () => void {
    const isOwn = handler.client.user.id === client.user.id;
    const { callId } = handler.status;
    if (resumeKey !== undefined) {
      if (!isOwn) throw new DialbridgeError('resumeKeyInvalid');
      return this.#keys.use(callId, resumeKey);
    }
    if (!isOwn) throw new DialbridgeError('callNotFound');
    if (isVisitor(client) && handler.client.deviceId !== client.deviceId) throw new DialbridgeError('forbidden');
    return () => undefined;
  }

  #moved(callId: CallId, { from, to }: { from: CallClient; to: CallClient }): void {
    const { devices } = this.#deps;
    this.#keys.forget(callId);
    const channel = devices.channelOf(to);
    if (channel) this.#giveKey(callId, channel);
    if (from.deviceId !== to.deviceId) {
      devices.channelOf(from)?.notify('call:moved', { callId, to: describeDevice(to) });
    }
    this.#elsewhere.changed(to.user.id);
  }

  #began(callId: CallId, handler: CallHandler): void {
    const { user } = handler.client;
    const channel = this.#deps.devices.channelOf(handler.client);
    if (channel) this.#giveKey(callId, channel);
    this.#elsewhere.changed(user.id);
    handler.once('answered', () => this.#elsewhere.changed(user.id));
    const over = () => {
      this.#keys.forget(callId);
      this.#elsewhere.changed(user.id);
    };
    handler.once('left', over);
    handler.once('ended', over);
  }

  #giveKey(callId: CallId, channel: ClientChannel): void {
    channel.notify('call:resumeKey', { callId, resumeKey: this.#keys.issue(callId) });
  }
}
