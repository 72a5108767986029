import type { GatewayView, NumberRule } from '../../../../shared/admin/index.ts';
import type { CodecName } from '../../../../shared/domain/index.ts';
import type { HoursFieldsAt } from '../../hours/index.ts';

/** One more address, while it is written. */
export interface AddressRow {
  /** For React alone. */
  readonly key: number;
  readonly host: string;
  readonly port: number | null;
  readonly transport: GatewayView['transport'];
}

/** A rule for writing numbers. */
export interface RuleRow {
  /** For React alone. */
  readonly key: number;
  readonly match: NumberRule['match'];
  readonly strip: number | null;
  readonly add: NumberRule['add'];
}

/** A gateway while it is written, by the paths of its settings. Of secrets, empty means: the present one stays. */
export interface GatewayFields extends HoursFieldsAt<'hours'> {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;

  readonly host: string;
  readonly port: number | null;
  readonly transport: GatewayView['transport'];
  readonly moreAddresses: readonly AddressRow[];
  readonly hasProxy: boolean;
  readonly 'outboundProxy.host': string;
  readonly 'outboundProxy.port': number | null;
  readonly 'outboundProxy.transport': GatewayView['transport'];
  readonly domain: string;
  readonly region: string;

  /** Empty: no account. */
  readonly 'credentials.userName': string;
  readonly 'credentials.password': string;
  readonly 'credentials.authUserName': string;
  readonly isRegistered: boolean;
  readonly 'registration.expiresSeconds': number | null;

  /** One per line. */
  readonly prefixes: string;
  /** A line each: prefix, price a minute, connection fee. */
  readonly costs: string;
  readonly priority: number | null;
  readonly weight: number | null;
  readonly maxCalls: number | null;
  readonly maxCallsPerSecond: number | null;
  /** In seconds, for people. */
  readonly 'timeouts.firstResponseMs': number | null;
  readonly 'timeouts.progressMs': number | null;
  readonly 'timeouts.ringMs': number | null;

  readonly codecs: readonly CodecName[];
  readonly dtmf: GatewayView['dtmf'];
  readonly srtp: GatewayView['srtp'];
  readonly audioSource: GatewayView['audioSource'];
  readonly media: GatewayView['media'];

  readonly 'inCall.transfer': GatewayView['inCall']['transfer'];
  readonly 'inCall.followsReferrals': boolean;
  readonly 'inCall.hasHoldMusic': boolean;
  /** Null: only where the gateway asks. */
  readonly 'inCall.sessionExpiresSeconds': number | null;

  readonly 'callerId.from': GatewayView['callerId']['from'];
  readonly 'callerId.header': GatewayView['callerId']['header'];
  readonly 'callerId.hasDisplayName': boolean;
  readonly 'callerId.privacy': GatewayView['callerId']['privacy'];
  readonly callerNumber: string;
  readonly calledNumberRules: readonly RuleRow[];
  readonly callerNumberRules: readonly RuleRow[];

  readonly 'incoming.isAllowed': boolean;
  readonly 'incoming.addresses': readonly string[];
  readonly 'incoming.country': string | null;
  readonly 'incoming.numberRules': readonly RuleRow[];
  readonly 'incoming.calledNumberFrom': GatewayView['incoming']['calledNumberFrom'];
  /** Empty: its calls are known by their address alone. */
  readonly 'incoming.credentials.userName': string;
  readonly 'incoming.credentials.password': string;

  readonly 'tls.isVerified': boolean;
  readonly 'tls.serverName': string;
  readonly 'tls.ca': string;
  readonly 'tls.certificate': string;
  readonly 'tls.privateKey': string;

  readonly 'probes.isOn': boolean;
  readonly 'probes.acceptedStatuses': readonly string[];
}
