import type { CallSipMessage } from '../../../shared/admin/index.ts';
import type { CallTracePart } from '../../storage/index.ts';

interface Share {
  readonly messages: number;
  /** Characters of text. */
  readonly size: number;
}

/** Of a call that says much, what it began with and what it ended with: what is between is repetition, mostly. */
export const firstShare: Share = { messages: 60, size: 40 * 1024 };
export const lastShare: Share = { messages: 40, size: 24 * 1024 };

/** The SIP messages of one call, within bounds. */
export class KeptMessages {
  /** Of the first ones those that are not written yet. */
  #unwritten: CallSipMessage[] = [];
  #firstCount = 0;
  #firstSize = 0;
  /** Once the first share is full, these are the last for now: written at the end. */
  #isFirstFull = false;
  readonly #last: CallSipMessage[] = [];
  #lastSize = 0;
  #omitted = 0;

  add(message: CallSipMessage): void {
    const size = message.text.length;
    const fits = this.#firstCount < firstShare.messages && this.#firstSize + size <= firstShare.size;
    if (!this.#isFirstFull && fits) {
      this.#firstCount += 1;
      this.#firstSize += size;
      this.#unwritten.push(message);
      return;
    }
    this.#isFirstFull = true;
    this.#last.push(message);
    this.#lastSize += size;
    while (this.#last.length > lastShare.messages || this.#lastSize > lastShare.size) {
      this.#lastSize -= this.#last.shift()?.text.length ?? 0;
      this.#omitted += 1;
    }
  }

  /** What can be written for good. Empty where there is nothing. */
  take(): CallTracePart {
    if (this.#unwritten.length === 0) return {};
    const messages = this.#unwritten;
    this.#unwritten = [];
    return { messages };
  }

  /** The rest: no more comes of this call. */
  takeRest(): CallTracePart {
    const messages = [...this.#unwritten.splice(0), ...this.#last.splice(0)];
    const omittedMessages = this.#omitted;
    if (messages.length === 0 && omittedMessages === 0) return {};
    return { messages, ...(omittedMessages > 0 && { omittedMessages }) };
  }
}
