import type { InviteFailure, SipCall, SipCallEnd } from '../../../sip-stack/index.ts';

/** What a call at the gateway has come to, as it is now. */
export class CallWatch {
  readonly call: SipCall;
  /** Status of the last 18x. */
  progress: number | null = null;
  isTrying = false;
  failure: InviteFailure | null = null;
  isAnswered = false;
  end: SipCallEnd | null = null;

  /** @param onAudio the gateway's SDP, early or final */
  constructor(call: SipCall, onAudio: (sdp: string) => void) {
    this.call = call;
    call.on('trying', () => {
      this.isTrying = true;
    });
    call.on('progress', ({ status, sdp }) => {
      this.progress = status;
      if (sdp !== null) onAudio(sdp);
    });
    call.on('answered', ({ sdp }) => {
      this.isAnswered = true;
      onAudio(sdp);
    });
    call.on('failed', (failure) => {
      this.failure = failure;
    });
    call.on('ended', (end) => {
      this.end = end;
    });
  }

  /** The gateway has said something, or never will. */
  get isHeard(): boolean {
    return this.isTrying || this.progress !== null || this.isAnswered || this.isOver;
  }

  /** Final status of our BYE; undefined where there was none. */
  get endStatus(): number | undefined {
    return this.end?.status;
  }

  get isOver(): boolean {
    return this.failure !== null || this.end !== null;
  }
}
