import type { CodecName } from '../../../shared/domain/index.ts';
import type { GatewayAnswer } from '../port/index.ts';
import type { CallLegDeps } from './CallLeg.ts';
import type { DtlsExchangeDeps } from './DtlsExchange.ts';
import type { KeyExchangeDeps } from './KeyExchange.ts';
import type { HeardByGateway } from './legConfig.ts';

export interface GatewaySideDeps extends CallLegDeps, KeyExchangeDeps, DtlsExchangeDeps {
  readonly randomInt: (limit: number) => number;
}

/** What a gateway's side must know of the call. */
export interface GatewaySideCall {
  /** Codecs that the call may use now, best first. */
  readonly codecs: () => readonly CodecName[];
  /** Between two gateways events pass: the clock rates that the other one knows, null while that is unknown. Absent: they are ours. */
  readonly eventClockRates?: () => readonly number[] | null;
  /** What the gateway hears at first; the other side's audio, gaps and all, where absent. */
  readonly heard?: Partial<HeardByGateway>;
  /** DTLS with the gateway is through. */
  readonly onSecured?: () => void;
  /** The gateway wants audio another way than before. */
  readonly onDirectionChanged?: (direction: GatewayAnswer['direction']) => void;
}
