import type { Gateway } from '../../../../shared/admin/index.ts';
import type { CallId } from '../../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import { drop } from '../../../observability/index.ts';
import { type ProxyServer, whyNoGateway } from '../../../proxy-server/index.ts';
import type { IncomingReferral } from '../../../sip-stack/index.ts';
import {
  type CallHandler,
  type CallHandlerDeps,
  type CallHandlerOptions,
  GatewayLeg,
  recordAttempts,
} from '../../call-handler/index.ts';
import type { Authorization } from '../Authorization.ts';
import type { CallAuthorizer } from '../CallAuthorizer.ts';
import type { CallAdmission, CallLimits } from '../limits/index.ts';

export interface ReferralDeskDeps extends CallHandlerDeps {
  readonly authorizer: Pick<CallAuthorizer, 'authorize'>;
  readonly limits: Pick<CallLimits, 'admit'>;
  readonly proxyServer: Pick<ProxyServer, 'select' | 'claim' | 'release' | 'report'>;
  readonly newId: () => string;
}

interface AllowedReferral {
  readonly usageId: CallId;
  readonly authorization: Authorization;
  readonly admission: CallAdmission;
  readonly candidates: readonly Gateway[];
}

/** Follows the REFERs of gateways, as if the person of the call dialled that number; the browser's audio stays as it is. */
export class ReferralDesk {
  readonly #deps: ReferralDeskDeps;
  readonly #options: CallHandlerOptions;

  constructor(deps: ReferralDeskDeps, options: CallHandlerOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  async follow(handler: CallHandler, referral: IncomingReferral): Promise<void> {
    const { inCall } = handler;
    const { user } = referral;
    const gateway = inCall.gatewayLeg.gateway;
    const refuse = (status: number, why: string) => {
      inCall.report('referred', { to: user, isFollowed: false, why });
      referral.reject(status);
    };
    if (user === null) return refuse(400, 'unreadable');
    if (!gateway?.inCall.followsReferrals || !inCall.hasClient) return refuse(403, 'notFollowed');
    if (inCall.gatewayLeg.isBeingReplaced) return refuse(491, 'isBeingReplaced');
    let allowed: AllowedReferral;
    try {
      allowed = await this.#allow(handler, { user, gateway, isAttended: referral.replaces !== null });
    } catch (error) {
      if (!(error instanceof DialbridgeError)) throw error;
      return refuse(403, error.code);
    }
    if (inCall.isOver || inCall.gatewayLeg.isBeingReplaced) {
      allowed.admission.ended(this.#deps.clock.now());
      return refuse(491, 'isOver');
    }
    referral.accept();
    inCall.report('referred', { to: allowed.authorization.calledNumber, isFollowed: true });
    await this.#replace(handler, referral, allowed);
  }

  /** @throws DialbridgeError */
  async #allow(
    { client }: CallHandler,
    { user, gateway, isAttended }: { user: string; gateway: Gateway; isAttended: boolean },
  ): Promise<AllowedReferral> {
    const { authorizer, limits, proxyServer, newId, clock } = this.#deps;
    const authorization = await authorizer.authorize({ client, destination: user });
    // Who needs help calls for it themselves.
    if (authorization.isEmergency) throw new DialbridgeError('destinationNotAllowed', { details: { number: user } });
    const usageId = newId() as CallId;
    const admission = await limits.admit(usageId, authorization);
    try {
      // The dialog that shall be replaced is one of the gateway that named it.
      if (isAttended) return { usageId, authorization, admission, candidates: [gateway] };
      const { called, calledNumber, gatewayIds, caller } = authorization;
      const selection = await proxyServer.select({
        ...{ calledNumber, gatewayIds, caller, type: called.type },
        codecs: gateway.codecs,
      });
      if (selection.candidates.length === 0) {
        throw new DialbridgeError(whyNoGateway(selection), { details: { number: called.formatted } });
      }
      return { usageId, authorization, admission, candidates: selection.candidates };
    } catch (error) {
      admission.ended(clock.now());
      throw error;
    }
  }

  async #replace(handler: CallHandler, referral: IncomingReferral, allowed: AllowedReferral): Promise<void> {
    const { clock, logger } = this.#deps;
    const { inCall } = handler;
    const { authorization, admission } = allowed;
    const to = authorization.calledNumber;
    const leg = this.#openLeg(handler, referral, allowed);
    recordAttempts(leg, { event: (type, detail = {}) => inCall.report(type, detail) });
    leg.on('gatewayTried', ({ id }) => inCall.report('gatewayTried', { gatewayId: id }));
    leg.on('progressed', ({ status }) => {
      referral.notify(status);
      inCall.followsReferral({ to, isRinging: true });
    });
    leg.on('answered', () => admission.answered(clock.now()));
    leg.on('finished', () => admission.ended(clock.now()));
    const succeeded = inCall.succeedBy(leg, to);
    inCall.followsReferral({ to, isRinging: false });
    leg.start();
    const end = await succeeded;
    inCall.followsReferral(null);
    referral.notify(end === null ? 200 : (end.sipStatus ?? 503));
    if (end === null) inCall.report('transferred', { to, by: 'gateway' });
    else {
      inCall.report('transferFailed', { to, by: 'gateway', outcome: end.outcome, sipStatus: end.sipStatus });
      drop(leg.close(), logger, 'leaving a gateway that did not take a call');
    }
  }

  #openLeg(handler: CallHandler, referral: IncomingReferral, allowed: AllowedReferral): GatewayLeg {
    const { client, inCall } = handler;
    const { media } = inCall;
    const { usageId, authorization, candidates } = allowed;
    return new GatewayLeg(
      { ...this.#deps, media, readMos: async () => (await media.stats()).gateway.mos },
      {
        ...this.#options,
        ...{ callId: inCall.callId, placeId: usageId },
        calledNumber: authorization.calledNumber,
        isEmergency: false,
        calling: {
          ...{ userName: client.user.userName, displayName: client.user.displayName },
          ...{ number: authorization.callerNumber, usualNumber: this.#options.callerNumber, isNumberWithheld: false },
        },
        candidates,
        ...(referral.replaces && { replaces: referral.replaces }),
      },
    );
  }
}
