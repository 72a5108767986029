import type { GatewayView } from '../../../shared/admin/index.ts';
import { bareOf, type EntitySheet, json, listOf, number, text, yesNo } from '../sheet/index.ts';
import { costCells } from './costCells.ts';

/** How gateways stand in files: a line each, without their secrets. */
export const gatewaySheet: EntitySheet<'gateways'> = {
  kind: 'gateways',
  columns: [
    { heading: 'Id', path: 'id', form: text },
    { heading: 'Name', path: 'name', form: text },
    { heading: 'Enabled', path: 'isEnabled', form: yesNo },
    { heading: 'Host', path: 'host', form: text },
    { heading: 'Port', path: 'port', form: number },
    { heading: 'Transport', path: 'transport', form: text },
    { heading: 'More addresses', path: 'moreAddresses', form: json },
    { heading: 'Proxy host', path: 'outboundProxy.host', form: text },
    { heading: 'Proxy port', path: 'outboundProxy.port', form: number },
    { heading: 'Proxy transport', path: 'outboundProxy.transport', form: text },
    { heading: 'Domain', path: 'domain', form: text },
    { heading: 'Region', path: 'region', form: text },
    { heading: 'Account', path: 'credentials.userName', form: text },
    { heading: 'Account password', path: 'credentials.password', form: text, isSecret: true },
    { heading: 'Authentication name', path: 'credentials.authUserName', form: text },
    { heading: 'Registration seconds', path: 'registration.expiresSeconds', form: number },
    { heading: 'Prefixes', path: 'prefixes', form: listOf() },
    { heading: 'Costs', path: 'costs', form: listOf(costCells) },
    { heading: 'Priority', path: 'priority', form: number },
    { heading: 'Weight', path: 'weight', form: number },
    { heading: 'Max calls', path: 'maxCalls', form: number },
    { heading: 'Max calls per second', path: 'maxCallsPerSecond', form: number },
    { heading: 'First response ms', path: 'timeouts.firstResponseMs', form: number },
    { heading: 'Progress ms', path: 'timeouts.progressMs', form: number },
    { heading: 'Ring ms', path: 'timeouts.ringMs', form: number },
    { heading: 'Hours', path: 'hours', form: json },
    { heading: 'Codecs', path: 'codecs', form: listOf() },
    { heading: 'DTMF', path: 'dtmf', form: text },
    { heading: 'SRTP', path: 'srtp', form: text },
    { heading: 'Audio source', path: 'audioSource', form: text },
    { heading: 'Media', path: 'media', form: text },
    { heading: 'Transfer', path: 'inCall.transfer', form: text },
    { heading: 'Follows referrals', path: 'inCall.followsReferrals', form: yesNo },
    { heading: 'Hold music', path: 'inCall.hasHoldMusic', form: yesNo },
    { heading: 'Session timer seconds', path: 'inCall.sessionExpiresSeconds', form: number },
    { heading: 'From', path: 'callerId.from', form: text },
    { heading: 'Caller ID header', path: 'callerId.header', form: text },
    { heading: 'Display name', path: 'callerId.hasDisplayName', form: yesNo },
    { heading: 'Privacy', path: 'callerId.privacy', form: text },
    { heading: 'Caller number', path: 'callerNumber', form: text },
    { heading: 'Called number rules', path: 'calledNumberRules', form: json },
    { heading: 'Caller number rules', path: 'callerNumberRules', form: json },
    { heading: 'Calls from it', path: 'incoming.isAllowed', form: yesNo },
    { heading: 'Incoming addresses', path: 'incoming.addresses', form: listOf() },
    { heading: 'Incoming country', path: 'incoming.country', form: text },
    { heading: 'Incoming number rules', path: 'incoming.numberRules', form: json },
    { heading: 'Incoming number from', path: 'incoming.calledNumberFrom', form: text },
    { heading: 'Incoming account', path: 'incoming.credentials.userName', form: text },
    { heading: 'Incoming password', path: 'incoming.credentials.password', form: text, isSecret: true },
    { heading: 'TLS verified', path: 'tls.isVerified', form: yesNo },
    { heading: 'TLS server name', path: 'tls.serverName', form: text },
    { heading: 'TLS authorities', path: 'tls.ca', form: text },
    { heading: 'TLS certificate', path: 'tls.certificate', form: text },
    { heading: 'TLS private key', path: 'tls.privateKey', form: text, isSecret: true },
    { heading: 'Probes', path: 'probes.isOn', form: yesNo },
    { heading: 'Accepted statuses', path: 'probes.acceptedStatuses', form: listOf(number) },
  ],
  draftOf: (gateway) => {
    const { credentials, tls, incoming, ...settings } = bareOf(gateway) as unknown as GatewayView;
    const { hasPrivateKey: _, ...tlsSettings } = tls;
    return {
      ...settings,
      credentials: withoutPassword(credentials),
      tls: tlsSettings,
      incoming: { ...incoming, credentials: withoutPassword(incoming.credentials) },
    };
  },
  // Whoever leaves the account out means that there is none.
  complete: (draft) => ({
    ...draft,
    credentials: draft.credentials ?? null,
    incoming: withAccountOrNone(draft.incoming),
  }),
};

function withoutPassword<Account extends { hasPassword: boolean }>(account: Account | null) {
  if (account === null) return null;
  const { hasPassword: _, ...settings } = account;
  return settings;
}

function withAccountOrNone(incoming: unknown): unknown {
  const isSettings = incoming === undefined || (typeof incoming === 'object' && incoming !== null);
  return isSettings ? { credentials: null, ...incoming } : incoming;
}
