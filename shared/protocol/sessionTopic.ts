import { z } from 'zod';
import { brandIdSchema, callServerIdSchema, deviceIdSchema, userIdSchema } from '../domain/index.ts';
import { wireErrorSchema } from '../errors/index.ts';
import { brandSchema } from './brand.ts';
import { callStatusSchema } from './callStatus.ts';
import { availabilitySchema, incomingCallSchema } from './incomingCall.ts';
import { notification, request } from './message.ts';
import { elsewhereSchema } from './otherDevices.ts';

/** Room for all that the longest token of a host application grants (`signInRequestSchema`), and for what we add to it. */
export const accessTokenSchema = z.string().min(10).max(10_000);

/**
 * `operator` may do everything; `brandManager` everything for their own brand; `auditor` read everything (of their brand, where
 * they have one); `user` telephones; `visitor` has no account and came by an embed key.
 */
export const userRoleSchema = z.enum(['operator', 'brandManager', 'auditor', 'user', 'visitor']);
export type UserRole = z.infer<typeof userRoleSchema>;

export const signedInUserSchema = z.object({
  id: userIdSchema,
  userName: z.string(),
  displayName: z.string(),
  role: userRoleSchema,
  brandId: brandIdSchema
    .nullable()
    .optional()
    .describe('The brand that the account belongs to; null: none in particular. Absent: no account'),
});
export type SignedInUser = z.infer<typeof signedInUserSchema>;

export const iceServerSchema = z.object({
  urls: z.array(z.string()).min(1),
  username: z.string().optional(),
  credential: z.string().optional(),
});

export const sessionTopic = {
  requests: {
    'session:hello': request(
      'First message on every connection, also after a reconnect. Proves who the person is and gets the present state back. Any other request before it is answered `unauthenticated`.',
      {
        protocolVersion: z.number().int(),
        accessToken: accessTokenSchema,
        deviceId: deviceIdSchema.describe('The tab. The same id after a reconnect or a reload gets its calls back'),
        client: z.object({
          name: z.string().max(100),
          version: z.string().max(50),
          deviceName: z
            .string()
            .max(100)
            .optional()
            .describe('For the person’s other devices, such as “Chrome on Android”; absent: `name`'),
        }),
        language: z
          .string()
          .min(2)
          .max(35)
          .optional()
          .describe('Language of the device (BCP 47), for sentences of errors; absent: that of the brand'),
      },
      z.object({
        protocolVersion: z.number().int(),
        callServerId: callServerIdSchema,
        user: signedInUserSchema,
        brand: brandSchema,
        iceServers: z.array(iceServerSchema),
        callerNumbers: z.array(z.string()).describe('Caller IDs that the person may choose from, the usual one first'),
        reconnectWindowMs: z.number().int().describe('How long a call is held for a lost client, in milliseconds'),
        serverTimeMs: z.number().int(),
        calls: z.array(callStatusSchema).describe('Calls of this device that are still up'),
        incomingCalls: z.array(incomingCallSchema).default([]).describe('Calls that ring at this device'),
        availability: availabilitySchema.default({ isDoNotDisturb: false, hasCallWaiting: true }),
        elsewhere: elsewhereSchema.default({ devices: [], calls: [] }),
      }),
    ),
    'session:ping': request(
      'Measures the round trip; the answer carries the bridge’s clock.',
      {},
      z.object({ serverTimeMs: z.number().int() }),
    ),
    'session:setAvailability': request(
      'Changes whether the person’s devices ring; kept for the person, on all devices.',
      availabilitySchema.partial().shape,
      availabilitySchema,
    ),
    'session:refresh': request(
      'Continues the session with a fresh access token before the old one runs out.',
      { accessToken: accessTokenSchema },
      z.object({ expiresAtMs: z.number().int() }),
    ),
  },
  notifications: {
    'session:availabilityChanged': notification('The person changed it on another device.', availabilitySchema),
    'session:branding': notification(
      'The brand changed; the client paints itself anew.',
      z.object({ brand: brandSchema }),
    ),
    'session:ended': notification(
      'The session was ended (signed out here or everywhere, account or key switched off); the connection is closed after this.',
      z.object({ error: wireErrorSchema }),
    ),
    'session:expiring': notification(
      'The access token runs out soon: get a new one and send `session:refresh`. After that time the connection is closed; running calls are held for the reconnect window.',
      z.object({ expiresAtMs: z.number().int() }),
    ),
    'session:goingAway': notification(
      'This call server stops. New calls are refused; reconnect after the given time.',
      z.object({ reconnectAfterMs: z.number().int() }),
    ),
  },
} as const;
