import type { CallId } from '../../shared/domain/index.ts';
import type { AckData, CallStatus, RequestPayload } from '../../shared/protocol/index.ts';
import type { CallClient, CallServer, ClientChannel } from './CallServer.ts';
import type { CallDirector } from './call-director/index.ts';

/** The call server of this process: which device is on which channel, and whose call is meant. */
export class LocalCallServer implements CallServer {
  readonly #director: CallDirector;
  /** By user and device. A connection belongs to this process, so this is no shared state. */
  readonly #channels = new Map<string, ClientChannel>();

  constructor(deps: { director: CallDirector }) {
    this.#director = deps.director;
  }

  attach(client: CallClient, channel: ClientChannel): readonly CallStatus[] {
    this.#channels.set(key(client), channel);
    return this.#director.handlersOf(client).map((handler) => {
      handler.attach(channel);
      return handler.status;
    });
  }

  detach(client: CallClient, channel: ClientChannel): void {
    if (this.#channels.get(key(client)) !== channel) return;
    this.#channels.delete(key(client));
    for (const handler of this.#director.handlersOf(client)) handler.detach();
  }

  release(isOver: (client: CallClient) => boolean): void {
    this.#director.hangUpWhere(isOver);
  }

  dial(client: CallClient, request: RequestPayload<'call:dial'>): Promise<AckData<'call:dial'>> {
    return this.#director.dial(client, request, this.#channels.get(key(client)) ?? null);
  }

  async hangUp(client: CallClient, callId: CallId): Promise<void> {
    this.#director.hangUp(client, callId);
  }

  async sendDtmf(client: CallClient, callId: CallId, digits: string): Promise<void> {
    await this.#director.handler(client, callId).sendDtmf(digits);
  }

  async setMuted(client: CallClient, callId: CallId, isMuted: boolean): Promise<void> {
    this.#director.handler(client, callId).setMuted(isMuted);
  }

  async acceptOffer(client: CallClient, callId: CallId, offer: string): Promise<{ answer: string }> {
    return { answer: await this.#director.handler(client, callId).acceptOffer(offer) };
  }

  async addCandidates(client: CallClient, callId: CallId, candidates: readonly string[]): Promise<void> {
    this.#director.handler(client, callId).addCandidates(candidates);
  }
}

function key(client: CallClient): string {
  return JSON.stringify([client.user.id, client.deviceId]);
}
