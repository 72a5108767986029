import type { Logger } from '../../observability/index.ts';
import { formatHost, redactMessage, reduceMessage } from '../message/index.ts';
import type { TracedCallMessage, TracedSipMessage } from '../port/index.ts';
import type { SipTransportLayer, WireMessage } from '../transport/index.ts';

interface TracerDeps {
  readonly layer: SipTransportLayer;
  readonly logger: Logger;
  /** Milliseconds since the epoch, with fractions. */
  readonly preciseNow: () => number;
  /** Whose message it is, where the layer doesn't know: by its call, else by where it comes from or goes to. */
  readonly peerOf: (message: { callId: string; remote: WireMessage['remote'] }) => string | undefined;
}

type Listener = (message: TracedSipMessage) => void;

type CallListener = (message: TracedCallMessage) => void;

const CALL_ID = /^(?:Call-ID|i)[ \t]*:[ \t]*(\S+)/im;

/** What isn't of a call by the method in its CSeq, which requests and responses have. */
const NOT_OF_CALL = /^CSeq[ \t]*:[ \t]*\d+[ \t]+(?:OPTIONS|REGISTER)\b/im;

/** Shows messages to and from single peers to who asked for it, without their secrets. Costs nothing while nobody does. */
export class Tracer {
  readonly #deps: TracerDeps;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #callListeners = new Set<CallListener>();

  constructor(deps: TracerDeps) {
    this.#deps = deps;
  }

  /** Returns how to stop; harmless when it is called again. */
  add(peerId: string, listener: Listener): () => void {
    // Each addition is one of its own, also of the same function.
    const own: Listener = (message) => listener(message);
    const listeners = this.#listeners.get(peerId) ?? new Set();
    this.#listeners.set(peerId, listeners.add(own));
    this.#deps.layer.onWire = (message) => this.#take(message);
    return () => {
      if (!listeners.delete(own) || listeners.size > 0) return;
      if (this.#listeners.get(peerId) === listeners) this.#listeners.delete(peerId);
      this.#rest();
    };
  }

  /** The same for the messages of all calls. */
  addForCalls(listener: CallListener): () => void {
    const own: CallListener = (message) => listener(message);
    this.#callListeners.add(own);
    this.#deps.layer.onWire = (message) => this.#take(message);
    return () => {
      if (this.#callListeners.delete(own)) this.#rest();
    };
  }

  #rest(): void {
    if (this.#listeners.size === 0 && this.#callListeners.size === 0) this.#deps.layer.onWire = null;
  }

  #take(message: WireMessage): void {
    const { direction, transport, local, remote, text } = message;
    const callId = CALL_ID.exec(text)?.[1] ?? '';
    const peerId = message.peerId ?? this.#deps.peerOf({ callId, remote });
    if (peerId === undefined) return;
    const listeners = [...(this.#listeners.get(peerId) ?? [])];
    const callListeners = this.#callListeners.size > 0 && !NOT_OF_CALL.test(text) ? [...this.#callListeners] : [];
    if (listeners.length === 0 && callListeners.length === 0) return;
    const way = {
      ...{ atMs: this.#deps.preciseNow(), direction, transport },
      local: formatHost(local.address, local.port),
      remote: formatHost(remote.address, remote.port),
    };
    if (listeners.length > 0) {
      const shown: TracedSipMessage = { ...way, text: redactMessage(text) };
      for (const listener of listeners) this.#tell(() => listener(shown));
    }
    if (callListeners.length > 0) {
      // Reduced first: each call pays for this, and a message may be long.
      const shown = { ...way, text: redactMessage(reduceMessage(text)), sipCallId: callId, peerId };
      for (const listener of callListeners) this.#tell(() => listener(shown));
    }
  }

  /** Whoever looks on must not disturb the call. */
  #tell(tellOne: () => void): void {
    try {
      tellOne();
    } catch (error) {
      this.#deps.logger.error({ error }, 'a listener of SIP messages failed');
    }
  }
}
