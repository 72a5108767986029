import type { DemoLine } from './CallControls.ts';

const RING_AGAIN_MS = 60_000;
const RINGS = 3;

/** Rings for three minutes, saying so every minute as RFC 3261 section 13.3.1.1 asks, and gives up. */
export const noAnswer: DemoLine = {
  media: null,
  async run(call) {
    for (let ring = 0; ring < RINGS; ring += 1) {
      call.ring();
      await call.wait(RING_AGAIN_MS);
    }
    call.refuse({ status: 480, q850: 19, text: 'No answer from user' });
  },
};
