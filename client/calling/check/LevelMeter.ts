/** Reads how loud a track is at this moment. */
export interface LevelMeter {
  /** Root mean square of the last moment, 0 to 1 of full scale. */
  read(): number;
  close(): void;
}

const samplesPerLook = 2048;

/** By Web Audio; where the browser has none, every moment is silent. */
export function createLevelMeter(track: MediaStreamTrack): LevelMeter {
  if (typeof AudioContext === 'undefined') return { read: () => 0, close: () => undefined };
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: samplesPerLook });
  const source = context.createMediaStreamSource(new MediaStream([track]));
  source.connect(analyser);
  void context.resume();
  const samples = new Float32Array(samplesPerLook);
  return {
    read: () => {
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    },
    close: () => {
      source.disconnect();
      void context.close();
    },
  };
}
