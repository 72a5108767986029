import { EventEmitter } from 'node:events';
import { type CodecName, defaultCodecOrder } from '../../../shared/domain/index.ts';
import { GatewaySide, type GatewaySideDeps, legStats } from '../gateway-side/index.ts';
import {
  type GatewayAudio,
  type GatewayLegStats,
  MediaError,
  type TrunkSession,
  type TrunkSessionEvents,
  type TrunkSessionRequest,
} from '../port/index.ts';
import { payloadsIn } from '../sdp/index.ts';
import { TrunkSide } from './TrunkSide.ts';

export interface LegToLegSessionDeps extends GatewaySideDeps {
  readonly onClosed: () => void;
}

/**
 * Two RTP legs whose inner ports, which otherwise lead to mediasoup, lead to each other on loopback. What passes there is plain RTP
 * under usual payload types; each leg maps, encrypts, latches and reports for its own gateway.
 */
export class LegToLegSession extends EventEmitter<TrunkSessionEvents> implements TrunkSession {
  readonly incoming: GatewayAudio;
  readonly outgoing: GatewayAudio;
  readonly #deps: LegToLegSessionDeps;
  readonly #in: GatewaySide;
  readonly #out: GatewaySide;
  #joining: Promise<void> | null = null;
  #closing: Promise<void> | null = null;

  /** @throws MediaError `badOffer` for an `incomingOffer` that is no SDP */
  constructor(deps: LegToLegSessionDeps, request: TrunkSessionRequest) {
    super();
    this.#deps = deps;
    const offered = request.incomingOffer == null ? null : payloadsIn(request.incomingOffer);
    const codecs = offered?.codecs.map(({ codec }) => codec) ?? defaultCodecOrder;
    // What one side has agreed to is all that the other may speak: nothing is transcoded.
    const withOther = (other: () => GatewaySide) => (): readonly CodecName[] => {
      const { codec } = other();
      return codec === null ? codecs : [codec];
    };
    this.#in = new GatewaySide(deps, {
      codecs: withOther(() => this.#out),
      eventClockRates: () => this.#out.eventClockRates,
      heard: { areEventsPassed: true },
    });
    this.#out = new GatewaySide(deps, {
      codecs: withOther(() => this.#in),
      eventClockRates: () => this.#in.eventClockRates ?? offered?.events.map(({ clockRate }) => clockRate) ?? null,
      heard: { areEventsPassed: true },
    });
    const common = { checkOpen: () => this.#checkOpen(), join: () => this.#join() };
    this.incoming = new TrunkSide({ side: this.#in, ...common });
    this.outgoing = new TrunkSide({ side: this.#out, ...common });
  }

  async stats(): Promise<{ incoming: GatewayLegStats; outgoing: GatewayLegStats; codec: CodecName | null }> {
    const [incoming, outgoing] = await Promise.all([legStats(this.#in), legStats(this.#out)]);
    return { incoming, outgoing, codec: this.#out.codec ?? this.#in.codec };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([this.#in.close(), this.#out.close()]);
    this.#deps.onClosed();
    this.removeAllListeners();
  }

  #join(): Promise<void> {
    this.#joining ??= this.#connect().catch((error: unknown) => {
      this.#joining = null;
      throw error;
    });
    return this.#joining;
  }

  async #connect(): Promise<void> {
    const [incoming, outgoing] = await Promise.all([this.#in.leg(), this.#out.leg()]);
    incoming.configure({ mediasoupPort: outgoing.binding.loopbackPort });
    outgoing.configure({ mediasoupPort: incoming.binding.loopbackPort });
    for (const [from, leg] of [
      ['incoming', incoming],
      ['outgoing', outgoing],
    ] as const) {
      leg.on('firstAudio', (direction) => {
        if (direction === 'fromGateway') this.emit('firstAudio', { from });
      });
    }
  }

  #checkOpen(): void {
    if (this.#closing !== null) throw new MediaError('closed', 'the session is closed');
  }
}
