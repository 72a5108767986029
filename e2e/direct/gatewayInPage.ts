/**
 * Runs in a page, by itself: a peer connection that answers offers and says a tone, `answer` and `hears` of the page's own. With
 * `isBlocked` neither side is told where the other is.
 */
export async function gatewayInPage(toneHz: number): Promise<void> {
  const page = globalThis as unknown as Record<string, unknown>;
  // Who may use the microphone is told the browser's addresses as they are.
  await navigator.mediaDevices.getUserMedia({ audio: true });
  const audio = new AudioContext();
  await audio.resume();
  const tone = audio.createOscillator();
  tone.frequency.value = toneHz;
  const said = audio.createMediaStreamDestination();
  tone.connect(said);
  tone.start();
  const analyser = audio.createAnalyser();
  analyser.fftSize = 8192;
  let connection: RTCPeerConnection | null = null;

  const open = (): RTCPeerConnection => {
    const opened = new RTCPeerConnection();
    for (const track of said.stream.getTracks()) opened.addTrack(track, said.stream);
    opened.ontrack = ({ track }) => {
      const stream = new MediaStream([track]);
      // Chromium decodes for an element alone.
      const element = new Audio();
      element.muted = true;
      element.srcObject = stream;
      void element.play();
      audio.createMediaStreamSource(stream).connect(analyser);
    };
    return opened;
  };
  const withoutCandidates = (sdp: string) => sdp.replace(/^a=(candidate|end-of-candidates).*\r\n/gm, '');

  page.answer = async (request: { offer: string; isFirst: boolean; isBlocked: boolean }): Promise<string> => {
    if (request.isFirst) {
      connection?.close();
      connection = open();
    }
    if (connection === null) throw new Error('no call');
    const sdp = request.isBlocked ? withoutCandidates(request.offer) : request.offer;
    await connection.setRemoteDescription({ type: 'offer', sdp });
    await connection.setLocalDescription();
    const gathering = connection;
    while (gathering.iceGatheringState !== 'complete') {
      await new Promise((resolve) => gathering.addEventListener('icegatheringstatechange', resolve, { once: true }));
    }
    const answer = connection.localDescription?.sdp ?? '';
    return request.isBlocked ? withoutCandidates(answer) : answer;
  };

  page.hears = (): number | null => {
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    const loudest = levels.indexOf(Math.max(...levels));
    return (levels[loudest] ?? -200) < -60 ? null : (loudest * audio.sampleRate) / analyser.fftSize;
  };
}
