import { parseNameAddr, parseSipUri, type SipResponse, type SipUri } from '../../message/index.ts';

/** What a registrar granted. */
export interface Binding {
  /** How long it knows us. */
  readonly expiresSeconds: number;
  /** Route of our requests to it (RFC 3608), first hop first. */
  readonly serviceRoute: readonly string[];
}

const MAX_EXPIRES_SECONDS = 30 * 86_400;

/**
 * Reads the 200 to our REGISTER (RFC 3261 section 10.3): the time of our own Contact, which counts more than the Expires header,
 * and that more than what we asked for. A registrar that wrote another address for us, as those before NATs do, has one Contact.
 */
export function readBinding(response: SipResponse, asked: { contact: string; expiresSeconds: number }): Binding {
  const own = parseSipUri(asked.contact);
  const contacts = response.headers.list('Contact').flatMap((value) => parseNameAddr(value) ?? []);
  const ours =
    contacts.find(({ uri }) => own !== null && uri.scheme !== 'tel' && isSamePlace(uri, own)) ??
    (contacts.length === 1 ? contacts[0] : undefined);
  const granted =
    secondsOf(ours?.params.get('expires')) ?? secondsOf(response.headers.get('Expires')) ?? asked.expiresSeconds;
  return {
    expiresSeconds: Math.min(granted, MAX_EXPIRES_SECONDS),
    serviceRoute: response.headers.list('Service-Route').filter((value) => parseNameAddr(value) !== null),
  };
}

/** Seconds from an `expires` parameter or header; undefined where there is none that can be read. */
export function secondsOf(text: string | null | undefined): number | undefined {
  const digits = /^\s*(\d{1,10})/.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function isSamePlace(one: SipUri, other: SipUri): boolean {
  return (
    one.user === other.user &&
    one.host.toLowerCase() === other.host.toLowerCase() &&
    (one.port ?? 5060) === (other.port ?? 5060)
  );
}
