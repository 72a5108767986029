import type { CodecName } from '../../../../shared/domain/index.ts';
import type { GatewayAnswer, GatewayMedia } from '../../../media-relay/index.ts';
import type { SipDialog } from '../../../sip-stack/index.ts';
import type { GatewayAnswers } from './GatewayAnswers.ts';
import type { GatewayLegDeps } from './GatewayLegDeps.ts';
import type { Reoffer } from './GatewaySide.ts';
import { sendFreshOffer, sendReoffer } from './sendReoffer.ts';

export interface LaterAgreementsDeps extends Pick<GatewayLegDeps, 'media' | 'reofferOtherwise'> {
  readonly answers: Pick<GatewayAnswers, 'latest' | 'take'>;
  /** null: before the answer and after the end; every offer is refused then. */
  readonly dialog: () => SipDialog | null;
  /** Another one than before. */
  readonly onCodec: (codec: CodecName) => void;
}

/** What is agreed with the gateway about the audio once it has the call, by offers of ours inside the dialog (RFC 3264 section 8). */
export class LaterAgreements {
  readonly #deps: LaterAgreementsDeps;
  #reoffering: Promise<unknown> = Promise.resolve();

  constructor(deps: LaterAgreementsDeps) {
    this.#deps = deps;
  }

  /** One after another, each from its offer to its answer: what one asked for may not be read into the answer of the next. */
  reoffer(offer: Reoffer): Promise<GatewayAnswer> {
    const reoffering = this.#reoffering.then(() => this.#reoffer(offer));
    this.#reoffering = reoffering.catch(() => undefined);
    return reoffering;
  }

  /** From nothing, as another gateway had the call's audio for some time. */
  async renew(audio: GatewayMedia): Promise<void> {
    const { answers, dialog, media, onCodec } = this.#deps;
    const answer = await answers.take(await sendFreshOffer(dialog(), media, audio));
    onCodec(answer.codec);
  }

  async #reoffer(offer: Reoffer): Promise<GatewayAnswer> {
    const { answers, dialog, media, onCodec, reofferOtherwise = Promise.reject.bind(Promise) } = this.#deps;
    const before = answers.latest;
    const ask = async () => answers.take(await sendReoffer(dialog(), media, offer));
    const answer = await ask().catch((refusal: unknown) => reofferOtherwise(refusal, ask));
    if (answer.codec !== before?.codec) onCodec(answer.codec);
    return answer;
  }
}
