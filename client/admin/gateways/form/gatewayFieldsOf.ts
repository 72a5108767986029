import { type GatewayView, gatewayDraftSchema, type NumberRule } from '../../../../shared/admin/index.ts';
import { hoursFieldsOf } from '../../hours/index.ts';
import type { GatewayFields, RuleRow } from './gatewayFields.ts';
import { writeCosts, writePrefixes } from './longLists.ts';

/** A gateway's fields; of a new one (null) what the schema has for those that say nothing. */
export function gatewayFieldsOf(gateway: GatewayView | null): GatewayFields {
  const view = gateway ?? { ...gatewayDraftSchema.parse({ host: 'new' }), host: '', id: '', credentials: null };
  const { outboundProxy, credentials, registration, callerId, inCall, incoming, tls, timeouts, probes } = view;
  return {
    id: view.id,
    name: view.name ?? '',
    isEnabled: view.isEnabled,
    host: view.host,
    port: view.port,
    transport: view.transport,
    moreAddresses: view.moreAddresses.map((address, key) => ({ key, ...address })),
    hasProxy: outboundProxy !== null,
    'outboundProxy.host': outboundProxy?.host ?? '',
    'outboundProxy.port': outboundProxy?.port ?? null,
    'outboundProxy.transport': outboundProxy?.transport ?? 'udp',
    domain: view.domain ?? '',
    region: view.region ?? '',
    'credentials.userName': credentials?.userName ?? '',
    'credentials.password': '',
    'credentials.authUserName': credentials?.authUserName ?? '',
    isRegistered: registration !== null,
    'registration.expiresSeconds': registration?.expiresSeconds ?? 3600,
    prefixes: writePrefixes(view.prefixes),
    costs: writeCosts(view.costs),
    priority: view.priority,
    weight: view.weight,
    maxCalls: view.maxCalls ?? null,
    maxCallsPerSecond: view.maxCallsPerSecond ?? null,
    'timeouts.firstResponseMs': secondsOf(timeouts.firstResponseMs),
    'timeouts.progressMs': secondsOf(timeouts.progressMs),
    'timeouts.ringMs': secondsOf(timeouts.ringMs),
    codecs: view.codecs,
    dtmf: view.dtmf,
    srtp: view.srtp,
    audioSource: view.audioSource,
    media: view.media,
    'inCall.transfer': inCall.transfer,
    'inCall.followsReferrals': inCall.followsReferrals,
    'inCall.hasHoldMusic': inCall.hasHoldMusic,
    'inCall.sessionExpiresSeconds': inCall.sessionExpiresSeconds,
    'callerId.from': callerId.from,
    'callerId.header': callerId.header,
    'callerId.hasDisplayName': callerId.hasDisplayName,
    'callerId.privacy': callerId.privacy,
    callerNumber: view.callerNumber ?? '',
    calledNumberRules: ruleRowsOf(view.calledNumberRules),
    callerNumberRules: ruleRowsOf(view.callerNumberRules),
    'incoming.isAllowed': incoming.isAllowed,
    'incoming.addresses': incoming.addresses,
    'incoming.country': incoming.country,
    'incoming.numberRules': ruleRowsOf(incoming.numberRules),
    'incoming.calledNumberFrom': incoming.calledNumberFrom,
    'incoming.credentials.userName': incoming.credentials?.userName ?? '',
    'incoming.credentials.password': '',
    'tls.isVerified': tls.isVerified,
    'tls.serverName': tls.serverName ?? '',
    'tls.ca': tls.ca ?? '',
    'tls.certificate': tls.certificate ?? '',
    'tls.privateKey': '',
    'probes.isOn': probes.isOn,
    'probes.acceptedStatuses': (probes.acceptedStatuses ?? []).map(String),
    ...hoursFieldsOf('hours', view.hours),
  };
}

export function ruleRowsOf(rules: readonly NumberRule[]): readonly RuleRow[] {
  return rules.map((rule, key) => ({ key, ...rule }));
}

function secondsOf(ms: number | undefined): number | null {
  return ms === undefined ? null : ms / 1000;
}
