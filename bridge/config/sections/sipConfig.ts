import { isIP, isIPv6 } from 'node:net';
import { z } from 'zod';
import { hostName, ipAddress, port } from './configFields.ts';

const dnsServer = z
  .string()
  .refine(
    (text) => isIP(text) !== 0 || isAddressWithPort(text),
    'expected an IP address, or one with a port such as 192.0.2.1:53 or [2001:db8::1]:53',
  );

export const sipSchema = z.strictObject({
  listen: z
    .array(z.strictObject({ transport: z.enum(['udp', 'tcp', 'tls']), host: ipAddress, port }))
    .min(1)
    .default([
      { transport: 'udp', host: '127.0.0.1', port: 5070 },
      { transport: 'tcp', host: '127.0.0.1', port: 5070 },
    ])
    .describe(
      'Where SIP is listened for and sent from: `{ transport: "udp", "tcp" or "tls", host, port }`; port 0 picks one. `tls` needs `sip.tls`.',
    ),
  announcedHost: hostName
    .nullable()
    .default(null)
    .describe('Host that gateways are told in Via and Contact, where the bridge is behind NAT; null: as listened.'),
  tls: z
    .strictObject({
      certFile: z
        .string()
        .min(1)
        .describe('PEM file with the certificate and its chain that gateways are shown which call us by TLS.'),
      keyFile: z.string().min(1).describe('PEM file with its private key.'),
    })
    .optional(),
  strangers: z
    .enum(['drop', 'refuse'])
    .default('drop')
    .describe(
      'What SIP requests get that come from no gateway: nothing at all, which tells scanners nothing, or 403 (to a hundred of them a second). They are counted either way.',
    ),
  dnsServers: z
    .array(dnsServer)
    .max(10)
    .default([])
    .describe(
      'DNS servers that gateways’ names are looked up at, as `address` or `address:port`; empty: the system’s.',
    ),
});

function isAddressWithPort(text: string): boolean {
  const match = /^(?:\[([^\]]+)\]|([\d.]+)):(\d{1,5})$/.exec(text);
  const [, six, four, portText] = match ?? [];
  const isAddress = six === undefined ? isIP(four ?? '') === 4 : isIPv6(six);
  return isAddress && Number(portText) >= 1 && Number(portText) <= 65_535;
}
