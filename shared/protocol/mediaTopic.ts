import { z } from 'zod';
import { callIdSchema, codecNameSchema } from '../domain/index.ts';
import { notification, request } from './message.ts';
import { sdpSchema } from './sdp.ts';

export const mediaTopic = {
  requests: {
    'media:offer': request(
      'A new offer for a running call: after a lost connection, a reload, a changed network, `media:restart`, or to change the codec where the browser cannot do it by itself. The gateway’s side of the call is untouched.',
      { callId: callIdSchema, offer: sdpSchema },
      z.object({
        answer: sdpSchema
          .nullable()
          .describe(
            'Null where a gateway is to answer it: `media:answer` brings it. Only while nobody has answered the call',
          ),
      }),
    ),
    'media:candidates': request(
      'Candidates that the browser found after its offer. The relay is an ICE-lite agent (RFC 8445 section 2.5) and learns the browser’s address from its checks, so in relay mode they only go into the call’s events. For direct media they go into the offer to the gateway, which waits for them: `a=end-of-candidates` says that there are no more.',
      { callId: callIdSchema, candidates: z.array(z.string().max(500)).min(1).max(50) },
      z.object({}),
    ),
    'media:state': request(
      'Whether the browser’s ICE and DTLS are up. Where the audio goes direct, only the browser knows: with `failed`, and without `connected` within the set time, the bridge falls back to the relay (`media:restart`).',
      { callId: callIdSchema, state: z.enum(['connected', 'failed']) },
      z.object({}),
    ),
    'media:check': request(
      'Begins an echo test: what the browser sends comes back to it. Ends by itself.',
      { checkId: z.uuid(), offer: sdpSchema },
      z.object({ answer: sdpSchema, endsAtMs: z.number().int() }),
    ),
    'media:endCheck': request('Ends an echo test. Once more is no error.', { checkId: z.uuid() }, z.object({})),
  },
  notifications: {
    'media:codec': notification(
      'The gateway chose this codec: the browser must send it, by RTCRtpSender.setParameters or a new offer that has it first.',
      z.object({ callId: callIdSchema, codec: codecNameSchema, payloadType: z.number().int().min(0).max(127) }),
    ),
    'media:answer': notification(
      'The answer to an offer whose ack had none: the gateway’s own where the audio goes direct, or the relay’s where another gateway is tried after all. Whoever gets it tells candidates by `media:candidates` from the ack on, and how its connection is by `media:state`.',
      z.object({ callId: callIdSchema, answer: sdpSchema }),
    ),
    'media:restart': notification(
      'The relay lost the browser’s side of the audio (a media worker died), or takes over from direct media: send `media:offer`.',
      z.object({ callId: callIdSchema }),
    ),
  },
} as const;
