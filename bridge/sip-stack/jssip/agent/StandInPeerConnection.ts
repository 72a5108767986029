/** Where the SDP of one call comes from and goes to. JsSIP believes to talk to a browser. */
export interface CallDescriptions {
  /** The SDP for an offer: first the call's own, later a new one when the gateway asks for it. */
  createOffer(): Promise<string>;
  /** An offer of the gateway inside the call; resolves with our answer. */
  answerOffer(offer: string): Promise<string>;
  /** The gateway's answer to an offer of ours. */
  takeAnswer(answer: string): void;
}

interface Description {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

/**
 * As much of an RTCPeerConnection as JsSIP 3.13 touches (RECIPES, section 3). It carries SDP and no media: candidates are
 * in the SDP that it is given, so that there is nothing to gather.
 */
export class StandInPeerConnection extends EventTarget {
  readonly iceGatheringState = 'complete';
  readonly iceConnectionState = 'connected';
  /** Never `stable`: JsSIP would make a second offer of its own before it takes the 2xx. */
  readonly signalingState = 'have-local-offer';
  localDescription: Description | null = null;
  readonly #descriptions: CallDescriptions;
  #answer = '';

  /** `pcConfig` of `ua.call()` arrives here, which is how a call gets its own descriptions. */
  constructor(config: { readonly descriptions: CallDescriptions }) {
    super();
    this.#descriptions = config.descriptions;
  }

  async createOffer(): Promise<Description> {
    return { type: 'offer', sdp: await this.#descriptions.createOffer() };
  }

  async createAnswer(): Promise<Description> {
    return { type: 'answer', sdp: this.#answer };
  }

  async setLocalDescription(description: Description): Promise<void> {
    this.localDescription = description;
  }

  /** Rejects when the offer is refused, which JsSIP turns into a 488. */
  async setRemoteDescription(description: Description): Promise<void> {
    if (description.type === 'offer') this.#answer = await this.#descriptions.answerOffer(description.sdp);
    else this.#descriptions.takeAnswer(description.sdp);
  }

  getSenders(): [] {
    return [];
  }

  close(): void {}
}
