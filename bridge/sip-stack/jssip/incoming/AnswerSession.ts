import { dialogOfUas, type SipRequest, type SipResponse } from '../../message/index.ts';
import type { AgentCall } from '../agent/PeerAgent.ts';
import type { CallDeps, CallDialog } from '../dialogs/CallDialog.ts';
import type { OwnerDescriptions } from '../dialogs/OwnerDescriptions.ts';
import type { PendingInvite } from './PendingInvite.ts';

interface AnswerSessionDeps extends CallDeps {
  readonly dialog: CallDialog;
  readonly invite: PendingInvite;
  /** SDP of the 200; null where another was agreed on since it was told. */
  readonly sdp: () => string | null;
  readonly hasOffer: boolean;
  /** JsSIP has the ACK. */
  readonly onConfirmed: () => void;
  /** JsSIP gave up. */
  readonly onFailed: (reason: string) => void;
  readonly onEnded: (originator: string, cause: string) => void;
}

/** JsSIP's session of a call that comes in: handed the INVITE when it is answered, and the ACK of that. */
export class AnswerSession {
  readonly #deps: AnswerSessionDeps;
  /** JsSIP's, of the INVITE. */
  readonly #branch: string;

  constructor(deps: AnswerSessionDeps) {
    this.#deps = deps;
    this.#branch = `z9hG4bK${deps.layer.token()}`;
  }

  /** JsSIP's 2xx comes to `respondFromJsSip` within microtasks. */
  start(call: AgentCall, descriptions: OwnerDescriptions): void {
    const { layer, agent, logger, dialog, invite, hasOffer, onConfirmed, onFailed, onEnded } = this.#deps;
    const { identity } = dialog;
    const callId = `in-${layer.token()}`;
    identity.jssip = { callId, localTag: '' };
    const text = identity.inviteForJsSip(invite.request, { branch: this.#branch, hasOffer });
    try {
      const taken = agent.acceptSession(call, { callId, text });
      if (taken === null) throw new Error('JsSIP would not take the call');
      const { session, tag } = taken;
      identity.jssip = { callId, localTag: tag };
      dialog.session = session;
      session.on('confirmed', onConfirmed);
      session.on('failed', ({ cause }) => onFailed(String(cause)));
      session.on('ended', ({ originator, cause }) => onEnded(String(originator), String(cause)));
      session.answer({
        pcConfig: { descriptions } as never,
        mediaConstraints: { audio: false, video: false },
      });
    } catch (error) {
      logger.error({ error, sipCallId: identity.callId }, 'JsSIP would not answer a call');
      onFailed('the call could not be answered');
    }
  }

  /** What JsSIP says to the INVITE is its 2xx, repeated by its own timers: the first one counts. False for another request's. */
  takeResponse(response: SipResponse, branch: string, isAnswered: boolean): boolean {
    if (branch !== this.#branch) return false;
    if (response.status < 200 || isAnswered) return true;
    const { dialog, invite, sdp, onFailed } = this.#deps;
    if (response.status >= 300) onFailed('the call could not be answered');
    else {
      const made = dialogOfUas(invite.request, invite.accept(sdp()));
      if (made !== null) dialog.identity.adopt(made);
    }
    return true;
  }

  /** JsSIP needs its transaction no more after this. */
  deliverAck(ack: SipRequest, sdp: string | null): void {
    const { agent, layer, dialog } = this.#deps;
    agent.deliver(dialog.identity.requestForJsSip(ack, `z9hG4bK${layer.token()}`, [], sdp));
    agent.finishInvite(this.#branch);
  }
}
