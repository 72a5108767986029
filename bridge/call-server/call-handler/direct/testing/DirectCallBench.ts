import { HandlerBench, type HandlerChanges } from '../../testing/HandlerBench.ts';
import { gatewaySdp, peerSdp } from './peerSdp.ts';

const web = { id: 'web', media: 'direct', codecs: ['PCMU', 'opus'] };

/** A call whose gateways, or one of them, speak WebRTC; a browser that tells its one candidate at once. */
export class DirectCallBench extends HandlerBench {
  constructor(changes: HandlerChanges = {}) {
    super({ gateways: [web], ...changes });
  }

  /** As far as the INVITE, which waits for the candidates. Resolves with what the ack has. */
  async dial(): Promise<string | null> {
    const answer = await this.call.start(peerSdp());
    await this.settle();
    this.tellCandidates();
    await this.settle();
    return answer;
  }

  tellCandidates(): void {
    this.handler.addCandidates(['candidate:1 1 udp 5 198.51.100.4 5000 typ host', 'a=end-of-candidates']);
  }

  /** The gateway rings and answers, and the two are connected. */
  async connect(): Promise<void> {
    await this.dial();
    await this.answer();
    this.handler.mediaStateChanged('connected');
    await this.settle();
  }

  async answer(sdp = gatewaySdp()): Promise<void> {
    this.sip.last.answerTo = () => sdp;
    this.sip.last.emit('answered', { sdp });
    await this.settle();
  }

  /** What the browser was told beside the status, without its payload. */
  get told(): string[] {
    return this.channel.others.map((other) => other.split(' ')[0] ?? '');
  }

  /** Which way the audio went, as the events tell. */
  get ways(): unknown[] {
    return this.events.flatMap(({ type, mediaWay, reason }) => {
      if (type === 'mediaWayChosen') return [mediaWay];
      return type === 'fellBackToRelay' ? [`relay: ${reason}`] : [];
    });
  }
}
