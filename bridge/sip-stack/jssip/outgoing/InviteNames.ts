import { escapeUser, formatNameAddr } from '../../message/index.ts';
import type { OutgoingInvite } from '../../SipStack.ts';

/** Who calls whom, as the INVITE that opens a call says it. */
export class InviteNames {
  readonly #invite: OutgoingInvite;
  readonly #localTag: string;

  constructor(invite: OutgoingInvite, localTag: string) {
    this.#invite = invite;
    this.#localTag = localTag;
  }

  /** Request URI and To. */
  target(): string {
    const { calledNumber, peer } = this.#invite;
    return `sip:${escapeUser(calledNumber)}@${peer.domain}`;
  }

  from(localHost: string): string {
    const { user, displayName } = this.#invite.from;
    return formatNameAddr({
      ...(displayName ? { displayName } : {}),
      uri: { scheme: 'sip', user: escapeUser(user), host: localHost, params: new Map() },
      params: new Map([['tag', this.#localTag]]),
    });
  }
}
