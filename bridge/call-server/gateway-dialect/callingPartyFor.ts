import { applyNumberRules, type Gateway } from '../../../shared/admin/index.ts';
import type { OutgoingInvite } from '../../sip-stack/index.ts';

/** Who calls, as the bridge knows it. */
export interface CallingParty {
  readonly userName: string;
  readonly displayName: string;
  /** Caller ID of this call; null: the gateway's own. */
  readonly number: string | null;
  /** Caller ID where neither the call nor its gateway has one; null: none. */
  readonly usualNumber: string | null;
  /** They don't want to be seen. */
  readonly isNumberWithheld: boolean;
  /** Whoever calls for help is called back, so nothing is withheld. */
  readonly isEmergency: boolean;
}

export type GatewayCaller = Pick<OutgoingInvite, 'from' | 'identity'>;

type CallerPolicy = Pick<Gateway, 'callerId' | 'callerNumber' | 'callerNumberRules' | 'credentials'>;

/** From and the identity headers of an INVITE to this gateway (RFC 3261 section 8.1.1.3, RFC 3323, RFC 3325). */
export function callingPartyFor(gateway: CallerPolicy, party: CallingParty): GatewayCaller {
  const { from, header, hasDisplayName, privacy } = gateway.callerId;
  const account = gateway.credentials?.userName;
  const user = callerUser(gateway, party);
  const name = hasDisplayName && party.displayName !== '' && { displayName: party.displayName };
  const isPrivate = !party.isEmergency && (privacy === 'always' || party.isNumberWithheld);
  return {
    from: { user: from === 'account' && account !== undefined ? account : user, ...name },
    ...((header !== 'none' || isPrivate) && {
      identity: { header: header === 'none' ? null : header, user, ...name, isPrivate },
    }),
  };
}

/** A number as this gateway writes it; the name of an account is no number and stays. */
function callerUser(gateway: CallerPolicy, { number, usualNumber, userName }: CallingParty): string {
  const callerNumber = number ?? gateway.callerNumber ?? usualNumber;
  if (callerNumber === null) return gateway.credentials?.userName ?? userName;
  return applyNumberRules(callerNumber, gateway.callerNumberRules);
}
