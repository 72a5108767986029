import { z } from 'zod';
import { hostName, ipAddress, port } from './configFields.ts';

export const mediaSchema = z.strictObject({
  listenAddress: ipAddress.default('127.0.0.1').describe('IP address at which browsers and gateways send audio.'),
  announcedAddress: hostName
    .nullable()
    .default(null)
    .describe('Address told to browsers and gateways instead, where the bridge is behind NAT.'),
  extraListenAddresses: z
    .array(z.strictObject({ listenAddress: ipAddress, announcedAddress: hostName.nullable().default(null) }))
    .default([])
    .describe('Further addresses, e.g. IPv6 beside IPv4: `{ listenAddress, announcedAddress }`.'),
  portRange: z
    .tuple([port.min(1), port.min(1)])
    .default([40000, 49999])
    .describe('First and last UDP port towards gateways, inclusive. A call uses two.'),
  browserPort: port
    .nullable()
    .default(null)
    .describe(
      'First of the ports that browsers reach; worker n takes UDP and TCP port `browserPort + n`. 0: ports that the system picks. null: 0 on a loopback `listenAddress`, else 21000.',
    ),
  workers: z
    .number()
    .int()
    .min(1)
    .max(256)
    .nullable()
    .default(null)
    .describe('Number of mediasoup workers; null: one per core.'),
  holdMusic: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'Folder of your own music for held calls; null: ours. Nothing is converted, so each codec needs files of its own: `.wav` (one channel at 8000 Hz, 16-bit PCM or G.711) for PCMU and PCMA, `.g722` (raw, 64 kbit/s) for G722, `.opus` (Ogg Opus in packets of 20 ms) for Opus. Files of a kind are played one after the other by their names, again and again; a codec without a file has our music. Read at the start.',
    ),
  workerBin: z
    .string()
    .min(1)
    .optional()
    .describe('Path of the mediasoup worker; absent: the one that the set-up provided.'),
});
