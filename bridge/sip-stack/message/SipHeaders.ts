import { canonicalHeaderName, headerKey } from './headerNames.ts';
import { splitList } from './splitList.ts';

export interface SipHeader {
  readonly name: string;
  readonly value: string;
}

/** A value that would end its line early and so smuggle in headers of its own (RFC 3261 section 7.3.1). */
const LINE_BREAK = /[\r\n\0]/;
const TOKEN = /^[A-Za-z0-9\-.!%*_+`'~]+$/;

/**
 * Header fields in the order of the message. Names are compared without case, compact and long forms are one
 * (RFC 3261 sections 7.3.1, 7.3.3). Writing a name or value that can't stand on one line throws TypeError.
 */
export class SipHeaders {
  readonly #fields: SipHeader[] = [];

  constructor(fields: Iterable<SipHeader> = []) {
    for (const field of fields) this.append(field.name, field.value);
  }

  /** The first value, or undefined. */
  get(name: string): string | undefined {
    const key = headerKey(name);
    return this.#fields.find((field) => headerKey(field.name) === key)?.value;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** All values, one per header field as it stood in the message. */
  all(name: string): string[] {
    const key = headerKey(name);
    return this.#fields.filter((field) => headerKey(field.name) === key).map((field) => field.value);
  }

  /** All values with comma lists taken apart (RFC 3261 section 7.3.1); not for Date and the digest headers. */
  list(name: string): string[] {
    return this.all(name).flatMap((value) => splitList(value));
  }

  /** Whether a comma list such as Supported or Require holds this token, without case. */
  lists(name: string, token: string): boolean {
    return this.list(name).some((item) => item.toLowerCase() === token.toLowerCase());
  }

  append(name: string, value: string): this {
    this.#fields.push(checkedField(name, value));
    return this;
  }

  /** Puts the value above all others of the message: a new topmost Via goes here. */
  prepend(name: string, value: string): this {
    this.#fields.unshift(checkedField(name, value));
    return this;
  }

  /** Replaces every value of this name, in the place of the first. */
  set(name: string, value: string | readonly string[]): this {
    const values = typeof value === 'string' ? [value] : value;
    const fields = values.map((item) => checkedField(name, item));
    const key = headerKey(name);
    const first = this.#fields.findIndex((field) => headerKey(field.name) === key);
    this.remove(name);
    this.#fields.splice(first === -1 ? this.#fields.length : first, 0, ...fields);
    return this;
  }

  remove(name: string): this {
    const key = headerKey(name);
    for (let index = this.#fields.length - 1; index >= 0; index -= 1) {
      const field = this.#fields[index];
      if (field !== undefined && headerKey(field.name) === key) this.#fields.splice(index, 1);
    }
    return this;
  }

  /** Removes the first value of this name and returns it: how a response loses its topmost Via. */
  shift(name: string): string | undefined {
    const key = headerKey(name);
    const index = this.#fields.findIndex((field) => headerKey(field.name) === key);
    return index === -1 ? undefined : this.#fields.splice(index, 1)[0]?.value;
  }

  clone(): SipHeaders {
    const copy = new SipHeaders();
    copy.#fields.push(...this.#fields);
    return copy;
  }

  [Symbol.iterator](): IterableIterator<SipHeader> {
    return this.#fields[Symbol.iterator]();
  }
}

function checkedField(name: string, value: string): SipHeader {
  if (!TOKEN.test(name)) throw new TypeError('not a SIP header name');
  if (LINE_BREAK.test(value)) throw new TypeError(`the value of ${name} breaks its line`);
  return { name: canonicalHeaderName(name), value: value.trim() };
}
