import { z } from 'zod';
import { callIdSchema, dtmfDigitsSchema } from '../domain/index.ts';
import { callStatusSchema } from './callStatus.ts';
import { incomingCallEndSchema, incomingCallSchema } from './incomingCall.ts';
import { notification, request } from './message.ts';
import { sdpSchema } from './sdp.ts';

const nothing = z.object({});

export const callTopic = {
  requests: {
    'call:dial': request(
      'Places a call. The offer travels in it and the answer comes in its ack, so ICE and DTLS finish while the other side rings. A refusal by the call director is an ack with an error that says why.',
      {
        callId: callIdSchema.describe('Made by the client (UUID), so that a call can be named before the ack is there'),
        destination: z
          .string()
          .min(1)
          .max(100)
          .describe('As the person wrote it; read against the brand’s default country'),
        offer: sdpSchema,
        calledName: z
          .string()
          .max(200)
          .optional()
          .describe('Name in the person’s address book, for the screen and the record'),
        callerNumber: z
          .string()
          .max(20)
          .optional()
          .describe('Caller ID to show, of those that `session:hello` told; absent: the usual one'),
        isNumberWithheld: z.boolean().optional().describe('The called party shall not see who calls (RFC 3323)'),
      },
      z.object({
        answer: sdpSchema
          .nullable()
          .describe('Null when the call ended before the offer was answered; the status says how'),
        status: callStatusSchema,
      }),
    ),
    'call:answer': request(
      'Takes an incoming call on this device. The offer travels in it and the answer comes in its ack. Whoever is too late is told `callTaken` or `callEnded`.',
      { callId: callIdSchema, offer: sdpSchema },
      z.object({ answer: sdpSchema, status: callStatusSchema }),
    ),
    'call:decline': request(
      'The person doesn’t take the incoming call: none of their devices rings any longer. Declining one that no longer rings is no error.',
      { callId: callIdSchema },
      nothing,
    ),
    'call:hangUp': request(
      'Ends a call in any state: cancels it while it is not answered, else ends it. Ending a call that has ended is no error.',
      { callId: callIdSchema },
      nothing,
    ),
    'call:dtmf': request(
      'Sends tones (RFC 4733 events, or SIP INFO where the gateway wants it), one after another. Acked when the last has been sent.',
      { callId: callIdSchema, digits: dtmfDigitsSchema },
      nothing,
    ),
    'call:mute': request(
      'Tells the bridge that the person muted or unmuted the microphone, for the record and the status. The silence itself is made by the browser.',
      { callId: callIdSchema, isMuted: z.boolean() },
      nothing,
    ),
  },
  notifications: {
    'call:status': notification('A call of this device changed.', callStatusSchema),
    'call:incoming': notification(
      'A call rings at this device. May come again when something about it changed.',
      incomingCallSchema,
    ),
    'call:incomingEnded': notification('It rings here no longer.', incomingCallEndSchema),
  },
} as const;
