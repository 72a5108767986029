import { z } from 'zod';

/** What the person at the client sees of a call. `disconnecting` lasts from the wish to hang up until the gateway has confirmed. */
export const callStateSchema = z.enum([
  'requested',
  'dialing',
  'ringing',
  'earlyMedia',
  'established',
  'disconnecting',
  'ended',
]);
export type CallState = z.infer<typeof callStateSchema>;

/** How a call came to its end. Busy, no answer, declined and cancelled are outcomes, not errors. */
export const callOutcomeSchema = z.enum([
  /** Was answered, and ended by either side. */
  'answered',
  'busy',
  'noAnswer',
  'declined',
  /** The caller hung up before an answer. */
  'cancelled',
  /** The network knows no such number (404, 410, 484, 604). */
  'wrongNumber',
  /** The director refused it before any gateway was asked. */
  'refused',
  /** No gateway could be reached, or none was able to take the call. */
  'unreachable',
  /** Something of ours or of the gateway's broke; the cause says what. */
  'failed',
  /** The bridge stopped while the call was up. */
  'interrupted',
]);
export type CallOutcome = z.infer<typeof callOutcomeSchema>;

/** From where the call comes: `outgoing` is dialled by a person at a client, `incoming` comes from a gateway. */
export const callDirectionSchema = z.enum(['outgoing', 'incoming']);
export type CallDirection = z.infer<typeof callDirectionSchema>;

/**
 * Which way the audio of a call goes: `relay` by the bridge; `direct` between the browser and a gateway that speaks WebRTC,
 * so that it never touches the bridge.
 */
export const mediaWaySchema = z.enum(['relay', 'direct']);
export type MediaWay = z.infer<typeof mediaWaySchema>;

export const disconnectedBySchema = z.enum(['caller', 'called', 'bridge']);
export type DisconnectedBy = z.infer<typeof disconnectedBySchema>;
