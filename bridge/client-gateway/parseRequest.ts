import { DialbridgeError } from '../../shared/errors/index.ts';
import { isRequestName, type RequestName, type RequestPayload, requests } from '../../shared/protocol/index.ts';

/** One parsed request: its name tells the type of its payload. */
export type ParsedRequest = { [Name in RequestName]: { name: Name; payload: RequestPayload<Name> } }[RequestName];

/**
 * Parses what arrived, once.
 * @throws DialbridgeError `unknownMessage`; `badRequest` that names the place in the payload
 */
export function parseRequest(name: unknown, args: readonly unknown[]): ParsedRequest {
  if (typeof name !== 'string' || !isRequestName(name)) {
    const shown = String(typeof name === 'string' ? name : typeof name).replace(/[^\w:.-]/g, '?');
    throw new DialbridgeError('unknownMessage', { details: { detail: shown.slice(0, 50) } });
  }
  if (args.length !== 1) throw badRequest('expected exactly one payload and an ack function');
  const parsed = requests[name].payload.safeParse(args[0]);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.map(String).join('.').slice(0, 80) ?? '';
    throw badRequest(`${place === '' ? '' : `${place}: `}${(issue?.message ?? 'not as expected').slice(0, 120)}`);
  }
  return { name, payload: parsed.data } as ParsedRequest;
}

function badRequest(detail: string): DialbridgeError {
  return new DialbridgeError('badRequest', { details: { detail } });
}
