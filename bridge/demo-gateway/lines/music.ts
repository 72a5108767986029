import type { DemoLine } from './CallControls.ts';

const RING_MS = 1000;

/** Rings, speaks as early media, answers, and plays music until the caller hangs up. */
export const music: DemoLine = {
  media: 'clips',
  async run(call) {
    call.ring();
    await call.wait(RING_MS);
    call.openEarlyMedia();
    await call.play(call.sounds.prompt('please-hold'));
    call.answer();
    await call.play(call.sounds.music, { isLooped: true });
  },
};
