export type MediaErrorCode =
  | 'badOffer'
  | 'badAnswer'
  | 'noCommonCodec'
  /** SRTP is required and the other side gave no keys that we know. */
  | 'notEncrypted'
  | 'portsExhausted'
  | 'workerUnavailable'
  | 'closed';

export class MediaError extends Error {
  readonly code: MediaErrorCode;
  constructor(code: MediaErrorCode, message: string) {
    super(message);
    this.name = 'MediaError';
    this.code = code;
  }
}
