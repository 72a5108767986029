import type { Gateway } from '../../../shared/admin/index.ts';
import { MediaError } from '../../media-relay/index.ts';
import type { InviteFailure, SipDestination } from '../../sip-stack/index.ts';

export function placeOf({ address, port, transport }: SipDestination): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return `${host}:${port} (${transport.toUpperCase()})`;
}

export function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

/** What to look at when a connection or a request came to nothing. */
export function hintFor(problem: string): string {
  if (/certificate|self.signed|issuer|altname|CERT_/i.test(problem)) {
    return 'Its certificate is not accepted: look at the authorities and the server name in its TLS settings.';
  }
  if (/handshake|SSL|TLS|protocol version/i.test(problem)) {
    return 'TLS could not be agreed on: is it a TLS port, and does it want a certificate of ours?';
  }
  if (/refused|ECONNREFUSED/i.test(problem)) return 'Nothing listens at that port: look at the port and the transport.';
  if (/ENETUNREACH|EHOSTUNREACH|unreachable/i.test(problem)) return 'There is no way to that address from here.';
  return 'Nothing came back: look at the address, port and transport, and whether a firewall on the way drops it.';
}

/** What a refused call means. */
export function describeRefusal(
  failure: InviteFailure,
  gateway: Pick<Gateway, 'credentials' | 'srtp' | 'codecs'>,
): string {
  switch (failure.kind) {
    case 'response':
      return `It answered ${`${failure.status} ${failure.reason}`.trim()}. ${meaningOf(failure.status, gateway)}`;
    case 'timeout':
      return 'It gave no answer to the INVITE. It may not take calls from our address, or a firewall drops them.';
    case 'transport':
      return `It could not be reached (${failure.reason}). ${hintFor(failure.reason)}`;
    case 'protocol':
      return `Its answer could not be used: ${failure.reason}.`;
    case 'cancelled':
      return 'The call was cancelled.';
  }
}

function meaningOf(
  status: number,
  { credentials, srtp, codecs }: Pick<Gateway, 'credentials' | 'srtp' | 'codecs'>,
): string {
  switch (status) {
    case 401:
    case 407:
      return credentials === undefined
        ? 'It wants a user name and a password: enter them as credentials.'
        : 'It doesn’t accept the user name or the password: look at the credentials.';
    case 403:
      return 'It doesn’t allow this call: look at the caller ID, at the account, and whether it knows our address.';
    case 404:
    case 410:
    case 484:
    case 604:
      return 'It doesn’t know the number: is it written as this gateway wants it (rules for called numbers)?';
    case 486:
    case 600:
      return 'The called number is busy; the gateway itself works.';
    case 603:
    case 607:
    case 608:
      return 'The call was declined. Where nobody could have done that, look at the caller ID.';
    case 480:
      return 'The called number can’t be reached now; the gateway itself works.';
    case 415:
    case 488:
    case 606:
      return `It can’t do what was offered: codecs ${codecs.join(', ')}, encryption ${srtp}.`;
    case 408:
    case 504:
      return 'It reached nobody behind it in time.';
    case 503:
      return 'It takes no calls now: it is overloaded, or has no line left.';
    default:
      return status >= 500 ? 'It has a fault of its own.' : 'It doesn’t take the call as we make it.';
  }
}

/** What is wrong with the audio that was agreed on. */
export function describeMediaProblem(error: unknown): string {
  if (!(error instanceof MediaError)) return `Its audio could not be used: ${String(error)}.`;
  const { code, message } = error;
  if (code === 'noCommonCodec') return `No common codec: ${message}. Look at its codecs.`;
  if (code === 'notEncrypted') return `Encryption can’t be agreed on: ${message}. Look at its SRTP setting.`;
  return `Its audio could not be used: ${message}.`;
}
