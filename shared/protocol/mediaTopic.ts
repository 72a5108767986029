import { z } from 'zod';
import { callIdSchema, codecNameSchema } from '../domain/index.ts';
import { notification, request } from './message.ts';
import { sdpSchema } from './sdp.ts';

export const mediaTopic = {
  requests: {
    'media:offer': request(
      'A new offer for a running call: after a lost connection, a reload, a changed network, `media:restart`, or to change the codec where the browser cannot do it by itself. The gateway’s side of the call is untouched.',
      { callId: callIdSchema, offer: sdpSchema },
      z.object({ answer: sdpSchema }),
    ),
    'media:candidates': request(
      'Candidates that the browser found after its offer. The relay is an ICE-lite agent (RFC 8445 section 2.5) and learns the browser’s address from its checks, so in relay mode they only go into the call’s events.',
      { callId: callIdSchema, candidates: z.array(z.string().max(500)).min(1).max(50) },
      z.object({}),
    ),
  },
  notifications: {
    'media:codec': notification(
      'The gateway chose this codec: the browser must send it, by RTCRtpSender.setParameters or a new offer that has it first.',
      z.object({ callId: callIdSchema, codec: codecNameSchema, payloadType: z.number().int().min(0).max(127) }),
    ),
    'media:restart': notification(
      'The relay lost the browser’s side of the audio (a media worker died): send `media:offer`.',
      z.object({ callId: callIdSchema }),
    ),
  },
} as const;
