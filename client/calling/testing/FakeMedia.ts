import type { CodecName } from '../../../shared/domain/index.ts';
import { Emitter } from '../../state/index.ts';
import type { PeerMedia } from '../media/index.ts';

/** What `PeerMedia` is to its user, without a peer connection. */
export class FakeMedia implements Pick<PeerMedia, keyof PeerMedia> {
  readonly events: PeerMedia['events'] = new Emitter();
  readonly answers: string[] = [];
  readonly name: string;
  readonly firstCodec: CodecName | undefined;
  track: MediaStreamTrack | null;
  isConnected = false;
  isClosed = false;
  /** Whether the browser can change its codec without a new offer. */
  canSwitch = true;
  /** What the browser counted. */
  readonly counted = new Map<string, unknown>();

  constructor(name: string, track: MediaStreamTrack | null, firstCodec?: CodecName) {
    this.name = name;
    this.track = track;
    this.firstCodec = firstCodec;
  }

  async createOffer(): Promise<string> {
    return `v=0 offer of ${this.name}`;
  }

  async acceptAnswer(sdp: string): Promise<void> {
    this.answers.push(sdp);
  }

  async setTrack(track: MediaStreamTrack | null): Promise<void> {
    this.track = track;
  }

  async sendCodec(): Promise<boolean> {
    return this.canSwitch;
  }

  async statistics(): Promise<RTCStatsReport> {
    return new Map(this.counted) as unknown as RTCStatsReport;
  }

  close(): void {
    this.isClosed = true;
  }
}

/** A microphone's track. */
export class FakeTrack extends EventTarget {
  enabled = true;
  isStopped = false;

  get readyState(): MediaStreamTrackState {
    return this.isStopped ? 'ended' : 'live';
  }

  stop(): void {
    this.isStopped = true;
  }
}
