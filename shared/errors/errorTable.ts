import { z } from 'zod';

/** What one error means at each border. */
export interface ErrorMeaning {
  /** HTTP status (RFC 9110). */
  readonly httpStatus: number;
  /** SIP response that says the nearest thing (RFC 3261 section 21). */
  readonly sipStatus: number;
  /** Q.850 cause. */
  readonly q850: number;
  /** The same request can succeed later without anybody changing anything. */
  readonly canRetry: boolean;
  /** Key of the sentence for the person, in the translations. */
  readonly i18nKey: `errors.${string}`;
}

export const errorCodeSchema = z.enum([
  'badRequest',
  'unknownMessage',
  'unsupportedVersion',
  'unauthenticated',
  'sessionExpired',
  'wrongCredentials',
  'signInLinkUsed',
  'tooManyAttempts',
  'forbidden',
  'notFound',
  'conflict',
  'notAPhoneNumber',
  'noRuleAllows',
  'ruleDenies',
  'emergencyNotServed',
  'noGatewayForNumber',
  'gatewayUnreachable',
  'callNotFound',
  'callEnded',
  'notEstablished',
  'badOffer',
  'noCommonCodec',
  'mediaUnavailable',
  'mediaLost',
  'clientLost',
  'gatewayProtocol',
  'requestTimeout',
  'goingAway',
  'internal',
]);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** The one table of errors. Busy, no answer, declined and cancelled are outcomes of a call and not here. */
export const errorTable = {
  badRequest: { httpStatus: 400, sipStatus: 400, q850: 127, canRetry: false, i18nKey: 'errors.badRequest' },
  unknownMessage: { httpStatus: 400, sipStatus: 405, q850: 97, canRetry: false, i18nKey: 'errors.unknownMessage' },
  unsupportedVersion: {
    httpStatus: 426,
    sipStatus: 505,
    q850: 127,
    canRetry: false,
    i18nKey: 'errors.unsupportedVersion',
  },
  unauthenticated: { httpStatus: 401, sipStatus: 401, q850: 57, canRetry: false, i18nKey: 'errors.unauthenticated' },
  sessionExpired: { httpStatus: 401, sipStatus: 401, q850: 57, canRetry: false, i18nKey: 'errors.sessionExpired' },
  wrongCredentials: { httpStatus: 401, sipStatus: 403, q850: 57, canRetry: false, i18nKey: 'errors.wrongCredentials' },
  signInLinkUsed: { httpStatus: 401, sipStatus: 403, q850: 57, canRetry: false, i18nKey: 'errors.signInLinkUsed' },
  tooManyAttempts: { httpStatus: 429, sipStatus: 503, q850: 42, canRetry: true, i18nKey: 'errors.tooManyAttempts' },
  forbidden: { httpStatus: 403, sipStatus: 403, q850: 57, canRetry: false, i18nKey: 'errors.forbidden' },
  notFound: { httpStatus: 404, sipStatus: 404, q850: 1, canRetry: false, i18nKey: 'errors.notFound' },
  conflict: { httpStatus: 409, sipStatus: 491, q850: 127, canRetry: false, i18nKey: 'errors.conflict' },
  notAPhoneNumber: { httpStatus: 422, sipStatus: 484, q850: 28, canRetry: false, i18nKey: 'errors.notAPhoneNumber' },
  noRuleAllows: { httpStatus: 403, sipStatus: 403, q850: 57, canRetry: false, i18nKey: 'errors.noRuleAllows' },
  ruleDenies: { httpStatus: 403, sipStatus: 403, q850: 21, canRetry: false, i18nKey: 'errors.ruleDenies' },
  emergencyNotServed: {
    httpStatus: 403,
    sipStatus: 403,
    q850: 57,
    canRetry: false,
    i18nKey: 'errors.emergencyNotServed',
  },
  noGatewayForNumber: {
    httpStatus: 404,
    sipStatus: 404,
    q850: 3,
    canRetry: false,
    i18nKey: 'errors.noGatewayForNumber',
  },
  gatewayUnreachable: {
    httpStatus: 503,
    sipStatus: 503,
    q850: 38,
    canRetry: true,
    i18nKey: 'errors.gatewayUnreachable',
  },
  callNotFound: { httpStatus: 404, sipStatus: 481, q850: 127, canRetry: false, i18nKey: 'errors.callNotFound' },
  callEnded: { httpStatus: 410, sipStatus: 481, q850: 127, canRetry: false, i18nKey: 'errors.callEnded' },
  notEstablished: { httpStatus: 409, sipStatus: 481, q850: 101, canRetry: true, i18nKey: 'errors.notEstablished' },
  badOffer: { httpStatus: 422, sipStatus: 488, q850: 88, canRetry: false, i18nKey: 'errors.badOffer' },
  noCommonCodec: { httpStatus: 422, sipStatus: 488, q850: 88, canRetry: false, i18nKey: 'errors.noCommonCodec' },
  mediaUnavailable: { httpStatus: 503, sipStatus: 503, q850: 47, canRetry: true, i18nKey: 'errors.mediaUnavailable' },
  mediaLost: { httpStatus: 500, sipStatus: 500, q850: 41, canRetry: true, i18nKey: 'errors.mediaLost' },
  clientLost: { httpStatus: 500, sipStatus: 480, q850: 27, canRetry: true, i18nKey: 'errors.clientLost' },
  gatewayProtocol: { httpStatus: 502, sipStatus: 500, q850: 111, canRetry: false, i18nKey: 'errors.gatewayProtocol' },
  requestTimeout: { httpStatus: 504, sipStatus: 408, q850: 102, canRetry: true, i18nKey: 'errors.requestTimeout' },
  goingAway: { httpStatus: 503, sipStatus: 503, q850: 41, canRetry: true, i18nKey: 'errors.goingAway' },
  internal: { httpStatus: 500, sipStatus: 500, q850: 41, canRetry: true, i18nKey: 'errors.internal' },
} as const satisfies Record<ErrorCode, ErrorMeaning>;
