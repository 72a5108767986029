import type { Logger } from '../../observability/index.ts';
import { type SipRequest, tagOf } from '../message/index.ts';
import type { SipDialogId } from '../port/index.ts';
import type { ServerTransaction, SipTransportLayer } from '../transport/index.ts';
import type { PeerAgent } from './agent/PeerAgent.ts';
import type { CallDeps } from './dialogs/CallDialog.ts';

/** A call of either direction. */
interface OpenCall {
  readonly sipCallId: string;
  readonly localTag: string;
  readonly peerId: string;
  readonly dialogId: SipDialogId | null;
  snapshot(): object | null;
  /** A request of the other side in its dialog. */
  receive(transaction: ServerTransaction): void;
  bye(): void;
  /** Ends without waiting for anyone. */
  drop(): void;
}

type StartTimer = (delayMs: number, callback: () => void) => () => void;

interface OpenCallsDeps {
  readonly layer: SipTransportLayer;
  readonly logger: Logger;
  readonly userAgent: string;
  readonly startTimer: StartTimer;
}

/** All calls, those that are over among them while something of them is on the wire. */
export class OpenCalls {
  readonly #deps: OpenCallsDeps;
  /** Not yet over. */
  readonly #live = new Set<OpenCall>();
  /** By Call-ID and our tag: a call of ours may come back through a proxy as somebody's call to us, with the same Call-ID. */
  readonly #byDialog = new Map<string, OpenCall>();
  readonly #byCallId = new Map<string, OpenCall>();
  #onIdle: () => void = () => {};

  constructor(deps: OpenCallsDeps) {
    this.#deps = deps;
  }

  /** Those that aren't over. */
  get size(): number {
    return this.#live.size;
  }

  open<T extends OpenCall>(agent: PeerAgent, make: (deps: CallDeps) => T): T {
    const call: T = make({
      ...this.#deps,
      agent,
      onOver: () => {
        if (this.#live.delete(call)) letGo();
        if (this.#live.size === 0) this.#onIdle();
      },
      onReleased: () => {
        this.#byDialog.delete(keyOf(call.sipCallId, call.localTag));
        if (this.#byCallId.get(call.sipCallId) === call) this.#byCallId.delete(call.sipCallId);
      },
    });
    const letGo = agent.hold();
    this.#live.add(call);
    this.#byDialog.set(keyOf(call.sipCallId, call.localTag), call);
    this.#byCallId.set(call.sipCallId, call);
    return call;
  }

  /** In whose dialog a request is. */
  find({ headers }: SipRequest): OpenCall | undefined {
    const tag = tagOf(headers.get('To'));
    return tag === undefined ? undefined : this.named(headers.get('Call-ID') ?? '', tag);
  }

  /** By Call-ID and our tag. */
  named(callId: string, localTag: string): OpenCall | undefined {
    return this.#byDialog.get(keyOf(callId, localTag));
  }

  /** Gateway of the call with this Call-ID. */
  peerOf(callId: string): string | undefined {
    return this.#byCallId.get(callId)?.peerId;
  }

  /** Sends BYE or CANCEL for all, waits so long for the answers, and drops what is left. */
  async close(waitMs: number): Promise<void> {
    for (const call of this.#live) call.bye();
    if (this.#live.size > 0) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
        this.#deps.startTimer(waitMs, resolve);
      });
    }
    for (const call of [...this.#live]) call.drop();
  }
}

function keyOf(callId: string, tag: string): string {
  return `${callId} ${tag}`;
}
