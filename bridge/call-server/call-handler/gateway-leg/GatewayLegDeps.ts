import type { Gateway } from '../../../../shared/admin/index.ts';
import type { CallId, CallOutcome, CodecName, DisconnectedBy } from '../../../../shared/domain/index.ts';
import type { ErrorCode } from '../../../../shared/errors/index.ts';
import type { DtmfOptions, GatewayAnswer, GatewayAudio, GatewayMedia } from '../../../media-relay/index.ts';
import type { Clock } from '../../../observability/index.ts';
import type { IncomingReferral, SipDestination, SipDialogId, SipStack } from '../../../sip-stack/index.ts';
import type { CallingParty, GatewayMediaWay } from '../../gateway-dialect/index.ts';
import type { AttemptFailure } from './AttemptFailure.ts';
import type { GatewayVisitDeps } from './GatewayVisit.ts';

export interface GatewayLegDeps extends GatewayVisitDeps {
  readonly sip: Pick<SipStack, 'invite' | 'locate' | 'noteFailure'>;
  readonly media: Pick<GatewayAudio, 'applyGatewayAnswer' | 'answerGatewayOffer' | 'reofferGateway' | 'sendDtmf'> & {
    createGatewayOffer(gateway: GatewayMedia & GatewayMediaWay): Promise<string>;
  };
  readonly clock: Clock;
  /** Whether to offer something else where an offer inside the call was refused; rejects with `refusal` where there is nothing else. */
  readonly reofferOtherwise?: <Answer>(refusal: unknown, again: () => Promise<Answer>) => Promise<Answer>;
}

export interface GatewayLegOptions {
  readonly callId: CallId;
  /** Of its place at a gateway, where the call has, or may get, one there already; absent: `callId`. */
  readonly placeId?: CallId;
  /** E.164, or the digits of an emergency number. */
  readonly calledNumber: string;
  /** The next gateway is tried whatever one says, and none is passed over: there is no second chance. */
  readonly isEmergency: boolean;
  readonly calling: Omit<CallingParty, 'isEmergency'>;
  /** Hops that a call has left which is passed on; absent: it begins here. */
  readonly maxForwards?: number;
  /** Of a gateway's codecs only these may be offered, best first; absent: all of them, as the gateway has them. */
  readonly codecs?: readonly CodecName[];
  /** The dialog that whoever is called shall replace by this one (RFC 3891). */
  readonly replaces?: SipDialogId;
  /** In the order in which they are to be tried. */
  readonly candidates: readonly Gateway[];
  /** How long a destination may say nothing at all to an INVITE, where its gateway has no time of its own; in milliseconds. */
  readonly firstResponseTimeoutMs: number;
  /** How long one that said 100 may take to its first 18x or final answer, as above. */
  readonly progressTimeoutMs: number;
  readonly dtmf: DtmfOptions;
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
  /** The call is not offered to this gateway: it has as many calls as it may have, or as many new ones, or no codec of ours. */
  gatewaySkipped: [{ gateway: Gateway; why: 'full' | 'tooFast' | 'noCommonCodec' }];
  /** An INVITE is about to go to this gateway. Once per gateway. */
  gatewayTried: [Gateway];
  /** The INVITE was handed to the transport. */
  inviteSent: [{ gateway: Gateway; destination: SipDestination; sipCallId: string }];
  /** A 18x; `hasAudio` where it opened early media. */
  progressed: [{ status: number; hasAudio: boolean }];
  /** The gateway's SDP was applied: this is the codec of the call (now). */
  codecAgreed: [CodecName];
  /** 2xx, and its SDP is applied. */
  answered: [GatewayAnswer];
  /** An address of the gateway didn't take the call; its next one is tried. */
  destinationFailed: [{ gateway: Gateway; destination: SipDestination; failure: AttemptFailure }];
  /** A gateway could not take the call; `isLast` when none is left to try or none may be. */
  gatewayFailed: [{ gateway: Gateway; failure: AttemptFailure; isLast: boolean }];
  /** The gateway sent an offer inside the call (re-INVITE, UPDATE). */
  reoffered: [];
  /** The gateway asks us to call somebody else in its stead. Without a listener it is refused. */
  referred: [IncomingReferral];
  /** Keys of the other party by SIP INFO, where they don't go with the audio as RFC 4733 events. */
  digitsPressed: [digits: string];
  /** Terminal, exactly once. */
  finished: [GatewayLegEnd];
}
