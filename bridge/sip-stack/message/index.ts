/** SIP messages as data: reading, writing and building them. Knows neither sockets nor JsSIP. */
export { type CSeq, parseCSeq, sequenceOf } from './CSeq.ts';
export { createCancel, createFailureAck, createRequest, MAX_FORWARDS, type RequestOptions } from './createRequest.ts';
export { createResponse, type ResponseOptions } from './createResponse.ts';
export {
  createDialogRequest,
  type DialogRequestOptions,
  type DialogState,
  dialogOfUac,
  dialogOfUas,
} from './DialogState.ts';
export { formatHost, type HostPort } from './hostPort.ts';
export { formatNameAddr, type NameAddr, parseNameAddr, tagOf } from './NameAddr.ts';
export { type ParseLimits, type ParseResult, parseMessage } from './parseMessage.ts';
export { reasonPhrase } from './reasonPhrase.ts';
export { redactMessage } from './redactMessage.ts';
export { reduceMessage } from './reduceMessage.ts';
export { type SipHeader, SipHeaders } from './SipHeaders.ts';
export type { SipMessage, SipRequest, SipResponse } from './SipMessage.ts';
export { parseParams, type SipParams } from './SipParams.ts';
export { escapeUser, formatUri, parseSipUri, parseUri, type SipUri, type TelUri, uriUser } from './SipUri.ts';
export { serializeMessage } from './serializeMessage.ts';
export { splitList } from './splitList.ts';
export { formatVia, parseVia, type Via } from './Via.ts';
