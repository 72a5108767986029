import { parse } from 'sdp-transform';
import { z } from 'zod';

const maxLength = 64 * 1024;

const text = z.union([z.string(), z.number()]).transform(String);
const port = z.number().int().min(0).max(65535);
const direction = z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']);
const fingerprint = z.object({
  type: z.string().regex(/^[A-Za-z0-9-]+$/),
  hash: z.string().regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2})+$/),
});

/** What may stand in the session and in each of its media (RFC 8866 section 5, RFC 8839, RFC 8122). */
const shared = {
  connection: z.object({ version: z.number(), ip: z.string().min(1) }).optional(),
  direction: direction.optional(),
  fingerprint: fingerprint.optional(),
  setup: z.string().optional(),
  iceUfrag: text.optional(),
  icePwd: text.optional(),
};

const mediaSchema = z.object({
  ...shared,
  type: z.string().regex(/^[A-Za-z0-9-]+$/),
  port,
  protocol: z.string().regex(/^[A-Za-z0-9/-]+$/),
  payloads: text.optional(),
  mid: text.pipe(z.string().regex(/^[!-~]+$/)).optional(),
  rtp: z
    .array(z.object({ payload: z.number(), codec: z.string(), rate: z.number().optional(), encoding: text.optional() }))
    .default([]),
  fmtp: z.array(z.object({ payload: z.number(), config: text })).default([]),
  rtcp: z.object({ port, address: z.string().optional() }).optional(),
  rtcpMux: z.string().optional(),
  crypto: z
    .array(z.object({ id: text, suite: text, config: text, sessionConfig: text.optional() }))
    .optional()
    .catch(undefined),
  ssrcs: z
    .array(z.object({ id: z.number().int().min(1).max(0xffff_ffff), attribute: z.string(), value: text.optional() }))
    .optional(),
});

const descriptionSchema = z.object({
  ...shared,
  icelite: z.string().optional(),
  groups: z.array(z.object({ type: z.string(), mids: text })).optional(),
  media: z.array(mediaSchema).min(1).max(32),
});

export type Description = z.infer<typeof descriptionSchema>;
export type MediaSection = z.infer<typeof mediaSchema>;

/** Reads SDP text into the parts that we use; a sentence when it is no SDP. Never throws. */
export function readDescription(sdp: string): { description: Description } | { problem: string } {
  if (sdp.length > maxLength) return { problem: 'the SDP is too long' };
  let parsed: unknown;
  try {
    parsed = parse(sdp);
  } catch (error) {
    return { problem: `the SDP cannot be read: ${String(error)}` };
  }
  const result = descriptionSchema.safeParse(parsed);
  if (result.success) return { description: result.data };
  const issue = result.error.issues[0];
  return { problem: `the SDP is malformed at ${issue?.path.join('.') || 'its start'}: ${issue?.message ?? ''}` };
}

/** Payload types of an RTP media section, in its order of preference. */
export function payloadTypesOf(media: MediaSection): number[] {
  return (media.payloads ?? '')
    .split(' ')
    .filter((part) => /^\d{1,3}$/.test(part))
    .map(Number)
    .filter((payloadType) => payloadType <= 127);
}
