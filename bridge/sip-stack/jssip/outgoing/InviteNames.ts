import { escapeUser, formatNameAddr, type SipParams } from '../../message/index.ts';
import type { OutgoingInvite } from '../../port/index.ts';
import { hostOfDomain } from '../dialogs/hostOfDomain.ts';
import { formatReplaces } from '../referrals/replaces.ts';

type Header = readonly [name: string, value: string];

/** Who calls whom, as the INVITE that opens a call says it. */
export class InviteNames {
  readonly #invite: OutgoingInvite;
  readonly #localTag: string;

  constructor(invite: OutgoingInvite, localTag: string) {
    this.#invite = invite;
    this.#localTag = localTag;
  }

  /** Request URI. */
  target(): string {
    const { calledNumber, peer } = this.#invite;
    return `sip:${escapeUser(calledNumber)}@${peer.domain}`;
  }

  to(): string {
    const { calledNumber, peer } = this.#invite;
    return `<sip:${escapeUser(calledNumber)}@${hostOfDomain(peer.domain)}>`;
  }

  /** Says nothing where the caller isn't to be shown (RFC 3323 section 4.1.1.3). */
  from(): string {
    const { from, identity } = this.#invite;
    const params = new Map([['tag', this.#localTag]]);
    return identity?.isPrivate === true
      ? `"Anonymous" <sip:anonymous@anonymous.invalid>;tag=${this.#localTag}`
      : this.#address(from, params);
  }

  /** Who calls, for those whom the network trusts (RFC 3325; Remote-Party-ID by draft-ietf-sip-privacy-04). */
  identityHeaders(): Header[] {
    const { identity } = this.#invite;
    if (identity === undefined) return [];
    const { header, isPrivate } = identity;
    const privacy: Header[] = isPrivate ? [['Privacy', 'id']] : [];
    if (header === null) return privacy;
    const ofRemoteParty = [
      ['party', 'calling'],
      ['screen', 'yes'],
      ['privacy', isPrivate ? 'full' : 'off'],
    ] as const;
    const params = new Map<string, string>(header === 'Remote-Party-ID' ? ofRemoteParty : []);
    return [[header, this.#address(identity, params)], ...privacy];
  }

  /** Whose place the call shall take at whoever is called (RFC 3891). */
  replacesHeader(): Header[] {
    const { replaces } = this.#invite;
    if (replaces === undefined) return [];
    const { callId, localTag, remoteTag } = replaces;
    return [['Replaces', formatReplaces({ callId, toTag: localTag, fromTag: remoteTag })]];
  }

  #address({ user, displayName }: { user: string; displayName?: string }, params: SipParams): string {
    // formatUri puts the brackets of IPv6 itself.
    const host = hostOfDomain(this.#invite.peer.domain).replace(/^\[|\]$/g, '');
    return formatNameAddr({
      ...(displayName ? { displayName } : {}),
      uri: { scheme: 'sip', user: escapeUser(user), host, params: new Map() },
      params,
    });
  }
}
