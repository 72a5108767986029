import type { SipTransport } from '../port/index.ts';
import type { NaptrRecord } from './SipDns.ts';

/** A way to a domain that its NAPTR records offer. */
export interface Service {
  readonly transport: SipTransport;
  /** Where it is looked for. */
  readonly name: string;
  /** `srv`: the name has SRV records; `address`: it has addresses only. */
  readonly by: 'srv' | 'address';
}

/** RFC 3263 section 4.1. */
const TRANSPORTS: Readonly<Record<string, SipTransport>> = {
  'SIP+D2U': 'udp',
  'SIP+D2T': 'tcp',
  'SIPS+D2T': 'tls',
};

/**
 * Ways that we can go, best first. Once something of one `order` can be used, higher orders don't count (RFC 3403 section 4.1);
 * within it the domain's `preference` says what is tried first.
 */
export function chooseServices(records: readonly NaptrRecord[], usable: readonly SipTransport[]): readonly Service[] {
  const known = records.flatMap((record) => {
    const transport = TRANSPORTS[record.service.toUpperCase()];
    const by = BY_FLAG[record.flags.toLowerCase()];
    if (transport === undefined || by === undefined || !usable.includes(transport)) return [];
    return [{ ...record, service: { transport, name: record.replacement, by } }];
  });
  const order = Math.min(...known.map((item) => item.order));
  return known
    .filter((item) => item.order === order)
    .sort((one, other) => one.preference - other.preference)
    .map(({ service }) => service);
}

const BY_FLAG: Readonly<Record<string, Service['by']>> = { s: 'srv', a: 'address' };
