import { z } from 'zod';
import { callIdSchema, deviceIdSchema, dtmfDigitsSchema } from '../domain/index.ts';
import { callStatusSchema } from './callStatus.ts';
import { incomingCallEndSchema, incomingCallSchema } from './incomingCall.ts';
import { notification, request } from './message.ts';
import { callElsewhereSchema, elsewhereSchema, otherDeviceSchema } from './otherDevices.ts';
import { sdpSchema } from './sdp.ts';

const nothing = z.object({});

/** Good for taking a call over once. */
const resumeKeySchema = z.string().min(20).max(100);

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
          .describe(
            'Null when the call ended before the offer was answered (the status says how), and where the audio goes direct: then `media:answer` brings it',
          ),
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
    'call:hold': request(
      'Puts the other party on hold (RFC 3264 section 8.4): it hears music, and neither hears the other. Holding a call that is on hold is no error. `holdRefused` where its gateway would not.',
      { callId: callIdSchema },
      nothing,
    ),
    'call:resume': request(
      'Takes the other party off hold. As with `call:hold`, once more is no error.',
      { callId: callIdSchema },
      nothing,
    ),
    'call:transfer': request(
      'Passes the other party on: to a number (blind), or to the other party of a further call of this device (attended). Acked when it is under way; `call:status` tells how it goes, and ends the call when it is done. The destination must be one that the person may call.',
      {
        callId: callIdSchema,
        to: z.union([
          z.strictObject({ destination: z.string().min(1).max(100), name: z.string().max(200).optional() }),
          z.strictObject({ callId: callIdSchema }),
        ]),
      },
      nothing,
    ),
    'call:reattach': request(
      'Takes over a running call on this device, with a new offer: after a crash of the browser, or from another device. With a resume key it is whoever holds the key and is the same person; a key works once. Without one the call must be the person’s own, by an account. The device that had it is told `call:moved`.',
      { callId: callIdSchema, offer: sdpSchema, resumeKey: resumeKeySchema.optional() },
      z.object({ answer: sdpSchema, status: callStatusSchema }),
    ),
    'call:handOver': request(
      'A further resume key for this call, for a link or QR code that another device of the same person opens.',
      { callId: callIdSchema },
      z.object({
        resumeKey: resumeKeySchema,
        expiresAtMs: z.number().int().describe('Milliseconds since the epoch, by the bridge’s clock'),
      }),
    ),
    'call:push': request(
      'Asks on another device of the person whether the call shall go on there. It moves when that device sends `call:reattach`.',
      { callId: callIdSchema, deviceId: deviceIdSchema },
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
    'call:resumeKey': notification(
      'To be kept until the call ends, where a crash of the browser doesn’t reach: `call:reattach` takes it. Each replaces the one before.',
      z.object({ callId: callIdSchema, resumeKey: resumeKeySchema }),
    ),
    'call:moved': notification(
      'The call goes on at another device of the person; it is none of this device’s any more.',
      z.object({ callId: callIdSchema, to: otherDeviceSchema }),
    ),
    'call:pushed': notification(
      'Another device of the person asks whether its call shall go on here.',
      z.object({ call: callElsewhereSchema }),
    ),
    'call:elsewhere': notification(
      'The person’s other devices, and the calls that are there. Comes when something about them changed.',
      elsewhereSchema,
    ),
    'call:incoming': notification(
      'A call rings at this device. May come again when something about it changed.',
      incomingCallSchema,
    ),
    'call:incomingEnded': notification('It rings here no longer.', incomingCallEndSchema),
  },
} as const;
