/** When audio was there again, in milliseconds since the epoch. */
export interface AudioAgain {
  /** The page played something of the other side. */
  readonly hearsAtMs: number;
  /** The first packet of the microphone went out. */
  readonly sendsAtMs: number;
}

export interface AudioWatch {
  /** Of the first audio connection that was made since then. */
  wait(sinceMs: number): Promise<AudioAgain>;
}

/** Runs in the page before its own scripts: remembers each peer connection. */
export function installAudioWatch(): void {
  const made: { connection: RTCPeerConnection; atMs: number }[] = [];
  const Native = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      made.push({ connection: this, atMs: Date.now() });
    }
  };
  const pause = () => new Promise((resolve) => setTimeout(resolve, 4));
  const hears = (connection: RTCPeerConnection) =>
    connection.getReceivers().some((receiver) => receiver.getSynchronizationSources().length > 0);
  const sends = async (connection: RTCPeerConnection) => {
    const [sender] = connection.getSenders();
    if (!sender?.track) return false;
    for (const report of (await sender.getStats()).values()) {
      if (report.type === 'outbound-rtp' && report.packetsSent > 0) return true;
    }
    return false;
  };
  const firstTime = async (sinceMs: number, isSo: (connection: RTCPeerConnection) => boolean | Promise<boolean>) => {
    for (;;) {
      for (const { connection, atMs } of made) if (atMs >= sinceMs && (await isSo(connection))) return Date.now();
      await pause();
    }
  };
  const watch: AudioWatch = {
    wait: async (sinceMs) => {
      const [hearsAtMs, sendsAtMs] = await Promise.all([firstTime(sinceMs, hears), firstTime(sinceMs, sends)]);
      return { hearsAtMs, sendsAtMs };
    },
  };
  Object.assign(globalThis, { audioWatch: watch });
}
