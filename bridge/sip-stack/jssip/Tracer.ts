import type { Logger } from '../../observability/index.ts';
import { formatHost, redactMessage } from '../message/index.ts';
import type { TracedSipMessage } from '../port/index.ts';
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

const CALL_ID = /^(?:Call-ID|i)[ \t]*:[ \t]*(\S+)/im;

/** Shows messages to and from single peers to who asked for it, without their secrets. Costs nothing while nobody does. */
export class Tracer {
  readonly #deps: TracerDeps;
  readonly #listeners = new Map<string, Set<Listener>>();

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
      if (this.#listeners.size === 0) this.#deps.layer.onWire = null;
    };
  }

  #take(message: WireMessage): void {
    const { direction, transport, local, remote, text } = message;
    const callId = CALL_ID.exec(text)?.[1] ?? '';
    const peerId = message.peerId ?? this.#deps.peerOf({ callId, remote });
    const listeners = peerId === undefined ? undefined : this.#listeners.get(peerId);
    if (listeners === undefined) return;
    const shown: TracedSipMessage = {
      ...{ atMs: this.#deps.preciseNow(), direction, transport, text: redactMessage(text) },
      local: formatHost(local.address, local.port),
      remote: formatHost(remote.address, remote.port),
    };
    for (const listener of [...listeners]) this.#tell(listener, shown);
  }

  /** Whoever looks on must not disturb the call. */
  #tell(listener: Listener, message: TracedSipMessage): void {
    try {
      listener(message);
    } catch (error) {
      this.#deps.logger.error({ error }, 'a listener of SIP messages failed');
    }
  }
}
