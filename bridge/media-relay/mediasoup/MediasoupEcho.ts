import type { types } from 'mediasoup';
import { type EchoSession, MediaError } from '../port/index.ts';
import { type BrowserOffer, parseBrowserOffer, SdpOrigin, writeBrowserAnswer } from '../sdp/index.ts';
import { connectBrowser, fingerprintOf } from './browser/browserTransport.ts';
import { consumeWithRepeats, producerParameters, routerCodecs } from './routerCodecs.ts';
import type { MediaWorker } from './workers/MediaWorker.ts';
import type { MediaWorkers } from './workers/MediaWorkers.ts';

export interface MediasoupEchoDeps {
  readonly workers: MediaWorkers;
  readonly randomInt: (limit: number) => number;
  readonly onClosed: () => void;
}

interface Loop {
  readonly worker: MediaWorker;
  readonly router: types.Router;
  readonly webRtc: types.WebRtcTransport;
  readonly toBrowser: types.Consumer;
}

/** A browser's audio to mediasoup and back on the same transport: no gateway, no port of ours. */
export class MediasoupEcho implements EchoSession {
  readonly #deps: MediasoupEchoDeps;
  readonly #origin: SdpOrigin;
  #loop: Loop | null = null;
  #opening: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(deps: MediasoupEchoDeps) {
    this.#deps = deps;
    this.#origin = new SdpOrigin(deps);
  }

  /** Each offer makes the loop anew; they are answered one after another. */
  acceptBrowserOffer(sdp: string): Promise<string> {
    const answer = this.#opening.then(() => this.#answer(parseBrowserOffer(sdp)));
    this.#opening = answer.catch(() => {});
    return answer;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#opening;
    this.#drop();
    this.#deps.onClosed();
  }

  async #answer(offer: BrowserOffer): Promise<string> {
    this.#checkOpen();
    const [first] = offer.codecs;
    if (first === undefined) throw new MediaError('noCommonCodec', 'the browser speaks no codec that we know');
    this.#drop();
    this.#loop = await this.#open(offer);
    const { webRtc, toBrowser } = this.#loop;
    return writeBrowserAnswer({
      offer,
      ...this.#origin.next(),
      codecs: [first],
      ice: webRtc.iceParameters,
      candidates: webRtc.iceCandidates,
      fingerprint: fingerprintOf(webRtc),
      ssrc: toBrowser.rtpParameters.encodings?.[0]?.ssrc ?? 0,
      cname: 'echo',
      direction: 'sendrecv',
    });
  }

  async #open(offer: BrowserOffer): Promise<Loop> {
    const worker = this.#deps.workers.forNextCall();
    const codecs = offer.codecs.slice(0, 1);
    worker.load += 1;
    let router: types.Router | null = null;
    try {
      router = await worker.createRouter(routerCodecs(codecs));
      const webRtc = await worker.openBrowserTransport(router);
      const first = codecs[0]?.codec ?? 'opus';
      const fromBrowser = producerParameters({
        ...{ codecs, first, ssrc: offer.ssrc, cname: offer.cname },
        hasRepeats: true,
      });
      const [producer] = await Promise.all([
        webRtc.produce({ kind: 'audio', rtpParameters: fromBrowser }),
        connectBrowser(webRtc, offer),
      ]);
      return { worker, router, webRtc, toBrowser: await consumeWithRepeats(webRtc, router, producer) };
    } catch (error) {
      if (router !== null) worker.closeRouter(router);
      worker.load -= 1;
      throw new MediaError('workerUnavailable', `the media worker failed: ${String(error)}`);
    }
  }

  #drop(): void {
    if (this.#loop === null) return;
    const { worker, router } = this.#loop;
    worker.closeRouter(router);
    worker.load -= 1;
    this.#loop = null;
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new MediaError('closed', 'the echo session is closed');
  }
}
