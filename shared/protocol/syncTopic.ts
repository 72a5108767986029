import { z } from 'zod';
import { notification } from './message.ts';

/** Contacts and history are read and written over HTTP; these say that another device changed them. */
export const syncTopic = {
  requests: {},
  notifications: {
    'contacts:changed': notification('The person’s address book changed; read it again.', z.object({})),
    'history:changed': notification(
      'The person’s call history has a new or changed entry; read it again.',
      z.object({}),
    ),
  },
} as const;
