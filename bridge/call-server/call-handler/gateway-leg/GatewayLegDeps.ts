import type { Gateway } from '../../../../shared/admin/index.ts';
import type { CallId, CallOutcome, CodecName, DisconnectedBy } from '../../../../shared/domain/index.ts';
import type { ErrorCode } from '../../../../shared/errors/index.ts';
import type { DtmfOptions, GatewayAnswer, MediaSession } from '../../../media-relay/index.ts';
import type { Clock, Logger } from '../../../observability/index.ts';
import type { InviteFailure, SipStack } from '../../../sip-stack/index.ts';

export interface GatewayLegDeps {
  readonly sip: Pick<SipStack, 'invite'>;
  readonly media: Pick<MediaSession, 'createGatewayOffer' | 'applyGatewayAnswer' | 'answerGatewayOffer' | 'sendDtmf'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface GatewayLegOptions {
  readonly callId: CallId;
  /** E.164, or the digits of an emergency number: user part of the request URI. */
  readonly calledNumber: string;
  readonly caller: { readonly userName: string; readonly displayName: string };
  /** The next gateway is tried whatever one says: there is no second chance. */
  readonly isEmergency: boolean;
  /** In the order in which they are to be tried. */
  readonly candidates: readonly Gateway[];
  /** How long a gateway may say nothing at all to an INVITE, in milliseconds. */
  readonly firstResponseTimeoutMs: number;
  /** How long a gateway may take to its first 18x or final answer, in milliseconds. */
  readonly progressTimeoutMs: number;
  readonly dtmf: DtmfOptions;
  /** Number shown to the called party; null: the gateway's own. */
  readonly callerNumber: string | null;
  /** The same where neither the call nor the gateway has one; null: the gateway's or the caller's user name. */
  readonly usualCallerNumber: string | null;
}

/** How the gateway leg came to its end. */
export interface GatewayLegEnd {
  readonly outcome: CallOutcome;
  readonly by: DisconnectedBy;
  readonly sipStatus?: number;
  readonly q850?: number;
  readonly errorCode?: ErrorCode;
}

export interface GatewayLegEvents {
  /** An INVITE is about to go to this gateway. */
  gatewayTried: [Gateway];
  /** The INVITE was handed to the transport. */
  inviteSent: [Gateway];
  /** A 18x; `hasAudio` where it opened early media. */
  progressed: [{ status: number; hasAudio: boolean }];
  /** The gateway's SDP was applied: this is the codec of the call (now). */
  codecAgreed: [CodecName];
  /** 2xx, and its SDP is applied. */
  answered: [GatewayAnswer];
  /** A gateway could not take the call; `isLast` when none is left to try or none may be. */
  gatewayFailed: [{ gateway: Gateway; failure: InviteFailure; isLast: boolean }];
  /** The gateway sent an offer inside the call (re-INVITE, UPDATE). */
  reoffered: [];
  /** Terminal, exactly once. */
  finished: [GatewayLegEnd];
}
