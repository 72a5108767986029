import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { type AddressGuard, PrivateAddressError } from './AddressGuard.ts';

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PostAnswer {
  readonly status: number;
  /** The first 1024 bytes. */
  readonly response: string;
  /** Milliseconds, from `Retry-After` in seconds or as a date (RFC 9110 section 10.2.3); null: nothing said. */
  readonly retryAfterMs: number | null;
}

/** Sends one request, and follows no redirect. */
export interface Poster {
  /** Rejects with an error whose message is for people, where there was no answer. */
  post(request: PostRequest): Promise<PostAnswer>;
}

export interface HttpPosterDeps {
  readonly guard: AddressGuard;
  readonly now: () => number;
}

export interface HttpPosterOptions {
  /** Until the status has arrived, in milliseconds. */
  readonly timeoutMs: number;
  /** Private addresses, and `http:` to those. */
  readonly allowPrivateAddresses: boolean;
}

const mostResponseBytes = 1024;
/** The status is what counts: for the rest, which is only for the log, nobody waits long. */
const mostBodyWaitMs = 1000;

/** Posts by HTTP/1.1, each on a connection of its own, to addresses that are checked when it connects. */
export class HttpPoster implements Poster {
  readonly #deps: HttpPosterDeps;
  readonly #options: HttpPosterOptions;

  constructor(deps: HttpPosterDeps, options: HttpPosterOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /** What is known to be refused before anybody asks the name service, as `expected ...`; null: nothing. */
  findProblem(url: string): string | null {
    const { protocol, hostname } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    if (protocol !== 'https:' && !this.#options.allowPrivateAddresses)
      return 'expected an address that begins with https://';
    if (isIP(host) === 0 || this.#isAllowed(host, protocol)) return null;
    return this.#deps.guard.isPublic(host) ? 'expected https:// for a public address' : 'expected a public address';
  }

  async post({ url, headers, body }: PostRequest): Promise<PostAnswer> {
    const { protocol, hostname } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    const isAllowed = (address: string) => this.#isAllowed(address, protocol);
    // Of a host that is an address nobody asks the name service, nor `lookup`.
    if (isIP(host) !== 0 && !isAllowed(host)) throw this.#refusal(host, protocol);
    const send = protocol === 'https:' ? httpsRequest : httpRequest;
    const sent = send(url, {
      method: 'POST',
      headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      lookup: this.#deps.guard.lookupFor(isAllowed),
      agent: false,
    });
    // Over all of it, names and connection included, and not only over silence.
    const timer = setTimeout(() => sent.destroy(new Error('There was no answer in time')), this.#options.timeoutMs);
    try {
      const answer = await statusOf(sent, body);
      clearTimeout(timer);
      const response = await beginningOf(answer);
      return {
        status: answer.statusCode ?? 0,
        response,
        retryAfterMs: readRetryAfter(answer.headers['retry-after'], this.#deps.now()),
      };
    } finally {
      clearTimeout(timer);
      sent.destroy();
    }
  }

  #isAllowed(address: string, protocol: string): boolean {
    const { allowPrivateAddresses } = this.#options;
    // What is not encrypted stays on the operator's own network.
    if (protocol !== 'https:') return allowPrivateAddresses && !this.#deps.guard.isPublic(address);
    return allowPrivateAddresses || this.#deps.guard.isPublic(address);
  }

  #refusal(address: string, protocol: string): Error {
    return this.#deps.guard.isPublic(address) && protocol !== 'https:'
      ? new Error('Only https is allowed to public addresses')
      : new PrivateAddressError(address, address);
  }
}

function statusOf(sent: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.once('response', resolve);
    // Stays: a connection that breaks while the answer is read says so here as well.
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What has arrived when it is enough, when it ends, breaks, or takes too long. */
function beginningOf(answer: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = () => {
      clearTimeout(timer);
      answer.destroy();
      resolve(Buffer.concat(chunks).subarray(0, mostResponseBytes).toString());
    };
    const timer = setTimeout(finish, mostBodyWaitMs);
    answer.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= mostResponseBytes) finish();
    });
    answer.once('end', finish);
    answer.once('error', finish);
    answer.once('close', finish);
  });
}

function readRetryAfter(value: string | undefined, nowMs: number): number | null {
  if (value === undefined) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
