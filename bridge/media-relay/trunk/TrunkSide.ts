import { type GatewaySide, sendDigits } from '../gateway-side/index.ts';
import type {
  DtmfOptions,
  GatewayAnswer,
  GatewayAudio,
  GatewayMedia,
  GatewayReoffer,
  HeldSound,
} from '../port/index.ts';

export interface TrunkSideDeps {
  readonly side: GatewaySide;
  /** Throws once the session is closed. */
  readonly checkOpen: () => void;
  /** After each thing that may have opened the leg: connects it with the other one. */
  readonly join: () => Promise<void>;
}

/** One of the two gateways of a call between gateways. */
export class TrunkSide implements GatewayAudio {
  readonly #deps: TrunkSideDeps;

  constructor(deps: TrunkSideDeps) {
    this.#deps = deps;
  }

  createGatewayOffer(gateway: GatewayMedia): Promise<string> {
    return this.#do((side) => side.createOffer(gateway));
  }

  applyGatewayAnswer(sdp: string): Promise<GatewayAnswer> {
    return this.#do((side) => side.applyAnswer(sdp));
  }

  acceptGatewayOffer(sdp: string, gateway: GatewayMedia): Promise<{ sdp: string; agreed: GatewayAnswer }> {
    return this.#do((side) => side.acceptOffer(sdp, gateway));
  }

  answerGatewayOffer(sdp: string | null): Promise<string> {
    return this.#do((side) => (sdp === null ? side.offerAgain() : side.answerOffer(sdp)));
  }

  reofferGateway(options: GatewayReoffer): Promise<string> {
    return this.#do((side) => side.reoffer(options));
  }

  play(sound: HeldSound | null): void {
    this.#deps.side.hear({ sound });
  }

  sendDtmf(digits: string, options: DtmfOptions): Promise<void> {
    return this.#do((side) => sendDigits(side, digits, options));
  }

  async #do<T>(act: (side: GatewaySide) => Promise<T>): Promise<T> {
    this.#deps.checkOpen();
    const result = await act(this.#deps.side);
    await this.#deps.join();
    return result;
  }
}
