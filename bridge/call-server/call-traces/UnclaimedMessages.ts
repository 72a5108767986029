import type { TracedCallMessage } from '../../sip-stack/index.ts';

/** How long a message waits for its call to be known, in milliseconds: an incoming INVITE comes before its call is. */
export const keptForMs = 5000;
/** Dialogs that wait at once, and messages of one. */
export const mostDialogs = 500;
export const mostMessages = 10;

/** Messages of dialogs that no call has named yet: those of a gateway test, and of what was turned away, are never claimed. */
export class UnclaimedMessages {
  /** By Call-ID, the oldest dialog first. */
  readonly #bySipCallId = new Map<string, TracedCallMessage[]>();

  add(message: TracedCallMessage): void {
    this.#forgetBefore(message.atMs - keptForMs);
    const messages = this.#bySipCallId.get(message.sipCallId) ?? [];
    if (messages.length >= mostMessages) return;
    messages.push(message);
    this.#bySipCallId.set(message.sipCallId, messages);
    for (const sipCallId of this.#bySipCallId.keys()) {
      if (this.#bySipCallId.size <= mostDialogs) break;
      this.#bySipCallId.delete(sipCallId);
    }
  }

  claim(sipCallId: string): readonly TracedCallMessage[] {
    const messages = this.#bySipCallId.get(sipCallId) ?? [];
    this.#bySipCallId.delete(sipCallId);
    return messages;
  }

  get size(): number {
    return this.#bySipCallId.size;
  }

  #forgetBefore(timeMs: number): void {
    for (const [sipCallId, [first]] of this.#bySipCallId) {
      if (first === undefined || first.atMs >= timeMs) break;
      this.#bySipCallId.delete(sipCallId);
    }
  }
}
