export interface HeardTone {
  readonly frequencyHz: number;
}

/**
 * Runs in the page: listens to the remote audio for a third of a second and names its strongest frequency, or null when
 * there is no audio or nothing louder than -60 dB in it. Bursts of a tone are long and dense enough to be met.
 */
export async function hearTone(): Promise<HeardTone | null> {
  const element = document.querySelector('[data-testid="remote-audio"]');
  const stream = element instanceof HTMLAudioElement ? element.srcObject : null;
  if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return null;
  const context = new AudioContext();
  try {
    await context.resume();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(stream).connect(analyser);
    const start = context.currentTime;
    while (context.currentTime - start < 0.35) await new Promise((resolve) => setTimeout(resolve, 20));
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    const binHz = context.sampleRate / analyser.fftSize;
    const lowest = Math.ceil(60 / binHz);
    let peak = lowest;
    for (let bin = lowest; bin < levels.length; bin += 1) {
      if ((levels[bin] ?? -200) > (levels[peak] ?? -200)) peak = bin;
    }
    return (levels[peak] ?? -200) > -60 ? { frequencyHz: peak * binHz } : null;
  } finally {
    await context.close();
  }
}
