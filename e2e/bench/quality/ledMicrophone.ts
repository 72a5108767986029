export interface LedMicrophone {
  /** Speaks, or is silent, from now on. @returns when that was, in milliseconds since the epoch */
  set(isOn: boolean): number;
}

/** Runs in the page before its own scripts: a microphone that hears these samples again and again for as long as it shall. */
export function installMicrophone({ samples, sampleRate }: { samples: readonly number[]; sampleRate: number }): void {
  const gains: GainNode[] = [];
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext();
    await context.resume();
    const destination = context.createMediaStreamDestination();
    const buffer = context.createBuffer(1, samples.length, sampleRate);
    buffer.copyToChannel(Float32Array.from(samples), 0);
    const speech = new AudioBufferSourceNode(context, { buffer, loop: true });
    const gain = new GainNode(context);
    speech.connect(gain).connect(destination);
    speech.start();
    gains.push(gain);
    return destination.stream;
  };
  const ledMicrophone: LedMicrophone = {
    set: (isOn) => {
      for (const { gain } of gains) gain.value = isOn ? 1 : 0;
      return Date.now();
    },
  };
  Object.assign(globalThis, { ledMicrophone });
}
