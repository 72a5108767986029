import type { ErrorCode } from './errorTable.ts';

/** English sentences for the person: what happened and what to do. `{{name}}` is filled from the error's details. */
export const errorTextsEn = {
  badRequest: 'The request could not be understood: {{detail}}.',
  unknownMessage: 'This server does not know the message “{{detail}}”. Reload the page to get the current version.',
  unsupportedVersion: 'This page is of another version than the server. Reload it.',
  unauthenticated: 'Please sign in.',
  sessionExpired: 'Your session has ended. Please sign in again.',
  wrongCredentials: 'The user name or the password is not right.',
  signInLinkUsed: 'This sign-in link was already used or is too old. Sign in with your password.',
  tooManyAttempts: 'Too many attempts. Please wait a moment and try again.',
  forbidden: 'Your account may not do this. Ask the person who runs this phone service.',
  notFound: 'This is not there (any more).',
  conflict: 'This was changed somewhere else in the meantime. Look at it again and repeat your change.',
  notAPhoneNumber:
    '“{{number}}” is not a complete phone number. Check the digits; abroad, begin with + and the country code.',
  noRuleAllows: 'Your account may not call {{number}}. Ask the person who runs this phone service to allow it.',
  ruleDenies: 'Calls to {{number}} are blocked for your account. Ask the person who runs this phone service.',
  emergencyNotServed: 'Emergency numbers cannot be called from here. Use a telephone.',
  noGatewayForNumber: 'There is no way from here to {{number}}: no gateway serves this number.',
  gatewayUnreachable: 'The telephone network cannot be reached right now. Try again in a moment.',
  callNotFound: 'This call is not there any more.',
  callEnded: 'This call has already ended.',
  notEstablished: 'This can be done only while you are talking.',
  badOffer: 'Your browser’s audio set-up could not be used ({{detail}}). Reload the page, or try another browser.',
  noCommonCodec: 'Your browser and the telephone network have no audio format in common.',
  mediaUnavailable: 'The audio service has no room for another call right now. Try again in a moment.',
  mediaLost: 'The audio connection was lost.',
  gatewayProtocol: 'The telephone network gave an answer that could not be used.',
  requestTimeout: 'The server did not answer in time. Check your connection and try again.',
  goingAway: 'The server is restarting. Try again in a moment.',
  internal: 'Something went wrong on our side. Try again; if it stays, tell the person who runs this phone service.',
} as const satisfies Record<ErrorCode, string>;
