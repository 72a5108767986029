/**
 * A client of our protocol without a view, for measuring inside a page. Runs in the browser: it must not refer to
 * anything outside of `installBenchClient`. socket.io is there as the global `io`.
 */
export interface DialTimes {
  readonly callId: string;
  /** Milliseconds since the epoch by the page's clock. */
  readonly started: number;
  readonly sent: number;
  readonly ringing: number | null;
  readonly established: number;
  readonly firstAudio: number;
}

export interface BenchClient {
  connect(options: { url: string; accessToken: string; protocolVersion: number }): Promise<void>;
  /** Resolves when the call is established and the first audio has come. */
  dial(destination: string): Promise<DialTimes>;
  hangUp(callId: string): Promise<void>;
  hangUpAll(): Promise<void>;
  now(): number;
}

interface BenchSocket {
  on(name: string, listener: (payload: { callId: string; state: string }) => void): void;
  once(name: string, listener: () => void): void;
  timeout(ms: number): {
    emitWithAck(name: string, payload: object): Promise<{ ok: boolean; data: { answer: string }; error?: unknown }>;
  };
}

type BenchGlobals = typeof globalThis & {
  io(url: string, options: object): BenchSocket;
  benchClient: BenchClient;
};

export function installBenchClient(): void {
  const globals = globalThis as BenchGlobals;
  const now = () => performance.timeOrigin + performance.now();
  const statuses = new Map<string, { seen: Map<string, number>; wake: () => void }>();
  const connections = new Map<string, RTCPeerConnection>();
  let socket: BenchSocket;
  let track: MediaStreamTrack;

  const request = async (name: string, payload: object) => {
    const answer = await socket.timeout(10_000).emitWithAck(name, { messageId: crypto.randomUUID(), ...payload });
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
    return answer.data;
  };

  const reached = async (callId: string, state: string): Promise<number> => {
    for (;;) {
      const status = statuses.get(callId);
      const at = status?.seen.get(state);
      if (at !== undefined) return at;
      if (!status || (state !== 'ended' && status.seen.has('ended')))
        throw new Error(`call ended before it was ${state}`);
      await new Promise<void>((resolve) => {
        status.wake = resolve;
      });
    }
  };

  /** Each frame of audio passes a worker on its way to the decoder; the worker tells when the first came. */
  const worker = new Worker(
    URL.createObjectURL(
      new Blob([
        `onrtctransform = ({ transformer }) => {
          let isFirst = true;
          transformer.readable.pipeThrough(new TransformStream({
            transform(frame, controller) {
              if (isFirst) {
                isFirst = false;
                postMessage({ callId: transformer.options.callId, at: performance.timeOrigin + performance.now() });
              }
              controller.enqueue(frame);
            },
          })).pipeTo(transformer.writable);
        };`,
      ]),
    ),
  );
  const heard = new Map<string, number>();
  const listeners = new Map<string, (at: number) => void>();
  worker.onmessage = ({ data }: MessageEvent<{ callId: string; at: number }>) => {
    heard.set(data.callId, data.at);
    listeners.get(data.callId)?.(data.at);
  };
  const firstAudio = (callId: string) =>
    new Promise<number>((resolve) => {
      const at = heard.get(callId);
      if (at === undefined) listeners.set(callId, resolve);
      else resolve(at);
    });

  const hangUp = async (callId: string) => {
    await request('call:hangUp', { callId });
    await reached(callId, 'ended');
    connections.get(callId)?.close();
    for (const map of [connections, statuses, heard, listeners]) map.delete(callId);
  };

  globals.benchClient = {
    now,
    async connect({ url, accessToken, protocolVersion }) {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const [microphone] = stream.getAudioTracks();
      if (!microphone) throw new Error('no microphone');
      track = microphone;
      socket = globals.io(url, { transports: ['websocket'] });
      await new Promise<void>((resolve) => socket.once('connect', resolve));
      socket.on('call:status', ({ callId, state }) => {
        const status = statuses.get(callId);
        if (status && !status.seen.has(state)) status.seen.set(state, now());
        status?.wake();
      });
      const client = { name: 'bench', version: '1' };
      await request('session:hello', { protocolVersion, accessToken, deviceId: crypto.randomUUID(), client });
    },
    async dial(destination) {
      const started = now();
      const callId = crypto.randomUUID();
      statuses.set(callId, { seen: new Map(), wake: () => undefined });
      const connection = new RTCPeerConnection();
      connections.set(callId, connection);
      const { receiver } = connection.addTransceiver(track, { direction: 'sendrecv' });
      receiver.transform = new RTCRtpScriptTransform(worker, { callId });
      const description = await connection.createOffer();
      const localDescription = connection.setLocalDescription(description);
      const sent = now();
      const answering = request('call:dial', { callId, destination, offer: description.sdp });
      await localDescription;
      const { answer } = await answering;
      await connection.setRemoteDescription({ type: 'answer', sdp: answer });
      const [established, audioAt] = await Promise.all([reached(callId, 'established'), firstAudio(callId)]);
      const ringing = statuses.get(callId)?.seen.get('ringing') ?? null;
      return { callId, started, sent, ringing, established, firstAudio: audioAt };
    },
    hangUp,
    async hangUpAll() {
      await Promise.all([...connections.keys()].map(hangUp));
    },
  };
}
