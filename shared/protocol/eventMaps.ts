import type { z } from 'zod';
import { callTopic } from './callTopic.ts';
import { mediaTopic } from './mediaTopic.ts';
import type { Ack } from './message.ts';
import { sessionTopic } from './sessionTopic.ts';
import { statsTopic } from './statsTopic.ts';
import { syncTopic } from './syncTopic.ts';

export const topics = {
  session: sessionTopic,
  call: callTopic,
  media: mediaTopic,
  stats: statsTopic,
  sync: syncTopic,
} as const;

/** Every request of the protocol by its name. */
export const requests = {
  ...sessionTopic.requests,
  ...callTopic.requests,
  ...mediaTopic.requests,
  ...statsTopic.requests,
} as const;

/** Every notification of the protocol by its name. */
export const notifications = {
  ...sessionTopic.notifications,
  ...callTopic.notifications,
  ...mediaTopic.notifications,
  ...statsTopic.notifications,
  ...syncTopic.notifications,
} as const;

export type RequestName = keyof typeof requests;
export type NotificationName = keyof typeof notifications;

export type RequestPayload<Name extends RequestName> = z.infer<(typeof requests)[Name]['payload']>;
export type AckData<Name extends RequestName> = z.infer<(typeof requests)[Name]['ack']>;
export type NotificationPayload<Name extends NotificationName> = z.infer<(typeof notifications)[Name]['payload']>;

/** socket.io's map of what a client sends. */
export type ClientToBridgeEvents = {
  [Name in RequestName]: (payload: RequestPayload<Name>, ack: (answer: Ack<AckData<Name>>) => void) => void;
};

/** socket.io's map of what the bridge sends. */
export type BridgeToClientEvents = {
  [Name in NotificationName]: (payload: NotificationPayload<Name>) => void;
};

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name);
}
