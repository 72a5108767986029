import { z } from 'zod';
import { DialbridgeError, fromWireError, wireErrorSchema } from '../../shared/errors/index.ts';
import { requestTimeoutMs } from '../../shared/protocol/index.ts';
import { BridgeUnreachableError } from './BridgeUnreachableError.ts';

const errorBodySchema = z.object({ error: wireErrorSchema });

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`, e.g. `/contacts`. */
  readonly path: string;
  /** A `Blob` goes as it is, with its type; anything else as JSON. */
  readonly body?: unknown;
  /** Revision that a change is based on (`If-Match`, RFC 9110 section 13.1.1). */
  readonly ifMatch?: number;
  readonly accessToken?: string;
}

export interface ApiClientDeps {
  readonly fetch: typeof fetch;
  /** Where the bridge's HTTP door is; empty for the page's own origin. */
  readonly origin: string;
}

/** Speaks HTTP with the front-end server; answers are parsed by their schema, refusals thrown as `DialbridgeError`. */
export class ApiClient {
  readonly #deps: ApiClientDeps;

  constructor(deps: ApiClientDeps) {
    this.#deps = deps;
  }

  /** @throws DialbridgeError when the bridge refuses, BridgeUnreachableError when it can't be reached. */
  async send<Schema extends z.ZodType>(request: ApiRequest, schema: Schema): Promise<z.infer<Schema>> {
    const response = await this.#fetch(request);
    const body = await readJson(response);
    if (!response.ok) throw readError(response.status, body);
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw new DialbridgeError('unsupportedVersion', { cause: parsed.error });
    return parsed.data;
  }

  /** A file of any size, which the browser keeps on its disk. @throws as `send` */
  async download(request: ApiRequest): Promise<Blob> {
    const response = await this.#fetch(request, null);
    if (!response.ok) throw readError(response.status, await readJson(response));
    try {
      return await response.blob();
    } catch (cause) {
      throw new BridgeUnreachableError({ cause });
    }
  }

  async #fetch(
    { method, path, body, ifMatch, accessToken }: ApiRequest,
    timeoutMs: number | null = requestTimeoutMs,
  ): Promise<Response> {
    // A header that no plain form can send keeps other sites from using the cookie.
    const headers: Record<string, string> = { 'X-Dialbridge': '1' };
    if (body !== undefined) headers['Content-Type'] = body instanceof Blob ? body.type : 'application/json';
    if (ifMatch !== undefined) headers['If-Match'] = `"${ifMatch}"`;
    if (accessToken !== undefined) headers.Authorization = `Bearer ${accessToken}`;
    try {
      return await this.#deps.fetch(`${this.#deps.origin}/api/v1${path}`, {
        method,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        ...(timeoutMs !== null && { signal: AbortSignal.timeout(timeoutMs) }),
        ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
      });
    } catch (cause) {
      throw new BridgeUnreachableError({ cause });
    }
  }
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function readError(status: number, body: unknown): Error {
  const parsed = errorBodySchema.safeParse(body);
  if (parsed.success) return fromWireError(parsed.data.error);
  const bare = wireErrorSchema.safeParse(body);
  if (bare.success) return fromWireError(bare.data);
  // A reverse proxy whose bridge is away answers with a page of its own.
  if (status === 502 || status === 503 || status === 504) return new BridgeUnreachableError({});
  return new DialbridgeError('internal');
}
