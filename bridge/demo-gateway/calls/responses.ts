import {
  createResponse,
  escapeUser,
  formatHost,
  parseUri,
  type SipResponse,
  uriUser,
} from '../../sip-stack/message/index.ts';
import type { ServerTransaction } from '../../sip-stack/transport/index.ts';
import type { Refusal } from '../lines/CallControls.ts';

export const ALLOWED_METHODS = 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO';
export const SERVER = 'Dialbridge demo gateway';

export interface ReplyOptions {
  readonly status: number;
  readonly toTag: string;
  readonly headers?: Iterable<readonly [name: string, value: string]>;
  /** SDP. */
  readonly description?: string;
}

/** A response with what every one of ours says; those that make a dialog carry our Contact (RFC 3261 section 12.1.1). */
export function reply(transaction: ServerTransaction, options: ReplyOptions): SipResponse {
  const { request } = transaction;
  const makesDialog = request.method === 'INVITE' && options.status > 100 && options.status < 300;
  return createResponse(request, {
    status: options.status,
    toTag: options.toTag,
    headers: [
      ['Server', SERVER],
      ...(makesDialog
        ? ([
            ['Contact', contactOf(transaction)],
            ['Allow', ALLOWED_METHODS],
          ] as const)
        : []),
      ...(options.headers ?? []),
    ],
    ...(options.description === undefined ? {} : { body: { type: 'application/sdp', text: options.description } }),
  });
}

/** The Reason header of a refusal or a BYE (RFC 3326, RFC 6432). */
export function reasonHeader(reason: Pick<Refusal, 'q850' | 'text'>): readonly [name: string, value: string] {
  return ['Reason', `Q.850;cause=${reason.q850};text="${reason.text}"`];
}

function contactOf({ request, local, source }: ServerTransaction): string {
  const called = parseUri(request.uri);
  const user = called === null ? '' : uriUser(called);
  const transport = source.transport === 'tcp' ? ';transport=tcp' : '';
  return `<sip:${user === '' ? '' : `${escapeUser(user)}@`}${formatHost(local.host, local.port)}${transport}>`;
}
