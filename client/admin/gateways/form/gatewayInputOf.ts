import { hoursInputOf } from '../../hours/index.ts';
import type { GatewayFields, RuleRow } from './gatewayFields.ts';
import { parseCosts, parsePrefixes } from './longLists.ts';

/** What the fields say, for the schema to check. `isNew`: with the id that it gets. */
export function gatewayInputOf(fields: GatewayFields, isNew: boolean) {
  const accepted = fields['probes.acceptedStatuses'];
  return {
    ...(isNew && { id: fields.id }),
    ...ifWritten('name', fields.name),
    isEnabled: fields.isEnabled,
    ...placeOf(fields),
    ...accountOf(fields),
    ...numbersAndLimitsOf(fields),
    codecs: [...fields.codecs],
    dtmf: fields.dtmf,
    srtp: fields.srtp,
    audioSource: fields.audioSource,
    media: fields.media,
    inCall: {
      transfer: fields['inCall.transfer'],
      followsReferrals: fields['inCall.followsReferrals'],
      hasHoldMusic: fields['inCall.hasHoldMusic'],
      sessionExpiresSeconds: fields['inCall.sessionExpiresSeconds'],
    },
    callerId: {
      from: fields['callerId.from'],
      header: fields['callerId.header'],
      hasDisplayName: fields['callerId.hasDisplayName'],
      privacy: fields['callerId.privacy'],
    },
    ...ifWritten('callerNumber', fields.callerNumber),
    calledNumberRules: rulesOf(fields.calledNumberRules),
    callerNumberRules: rulesOf(fields.callerNumberRules),
    hours: hoursInputOf('hours', fields),
    incoming: incomingOf(fields),
    tls: tlsOf(fields),
    probes: { isOn: fields['probes.isOn'], acceptedStatuses: accepted.length === 0 ? null : accepted.map(Number) },
  };
}

function placeOf(fields: GatewayFields) {
  const proxy = {
    host: fields['outboundProxy.host'].trim(),
    port: fields['outboundProxy.port'],
    transport: fields['outboundProxy.transport'],
  };
  return {
    host: fields.host.trim(),
    port: fields.port,
    transport: fields.transport,
    moreAddresses: fields.moreAddresses.map(({ key: _, ...address }) => ({ ...address, host: address.host.trim() })),
    outboundProxy: fields.hasProxy ? proxy : null,
    domain: textOrNull(fields.domain),
    region: textOrNull(fields.region),
  };
}

function accountOf(fields: GatewayFields) {
  const userName = fields['credentials.userName'];
  const expiresSeconds = fields['registration.expiresSeconds'];
  // Whoever wants to register without an account is told so at the name of the account.
  const hasAccount = userName !== '' || fields.isRegistered;
  return {
    credentials: hasAccount
      ? {
          userName,
          ...ifWritten('password', fields['credentials.password']),
          ...ifWritten('authUserName', fields['credentials.authUserName']),
        }
      : null,
    registration: fields.isRegistered ? { expiresSeconds } : null,
  };
}

function numbersAndLimitsOf(fields: GatewayFields) {
  return {
    prefixes: parsePrefixes(fields.prefixes),
    costs: parseCosts(fields.costs),
    priority: fields.priority,
    weight: fields.weight,
    ...ifSet('maxCalls', fields.maxCalls),
    ...ifSet('maxCallsPerSecond', fields.maxCallsPerSecond),
    timeouts: {
      ...ifSet('firstResponseMs', msOf(fields['timeouts.firstResponseMs'])),
      ...ifSet('progressMs', msOf(fields['timeouts.progressMs'])),
      ...ifSet('ringMs', msOf(fields['timeouts.ringMs'])),
    },
  };
}

function incomingOf(fields: GatewayFields) {
  const userName = fields['incoming.credentials.userName'];
  return {
    isAllowed: fields['incoming.isAllowed'],
    addresses: [...fields['incoming.addresses']],
    country: fields['incoming.country'],
    numberRules: rulesOf(fields['incoming.numberRules']),
    calledNumberFrom: fields['incoming.calledNumberFrom'],
    credentials:
      userName === '' ? null : { userName, ...ifWritten('password', fields['incoming.credentials.password']) },
  };
}

function tlsOf(fields: GatewayFields) {
  const certificate = textOrNull(fields['tls.certificate']);
  return {
    isVerified: fields['tls.isVerified'],
    serverName: textOrNull(fields['tls.serverName']),
    ca: textOrNull(fields['tls.ca']),
    certificate,
    // A key without its certificate is of no use.
    ...(certificate === null ? { privateKey: null } : ifWritten('privateKey', fields['tls.privateKey'])),
  };
}

function rulesOf(rows: readonly RuleRow[]) {
  return rows.map(({ match, strip, add }) => ({ match: match.trim(), strip: strip ?? 0, add: add.trim() }));
}

function ifWritten(key: string, text: string): Record<string, string> {
  return text.trim() === '' ? {} : { [key]: text };
}

function ifSet(key: string, amount: number | null): Record<string, number> {
  return amount === null ? {} : { [key]: amount };
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

function msOf(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1000);
}
