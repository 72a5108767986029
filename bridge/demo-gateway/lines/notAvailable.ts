import type { DemoLine } from './CallControls.ts';

/** An announcement of the network, heard before any answer, and then a refusal. */
export const notAvailable: DemoLine = {
  media: 'clips',
  async run(call) {
    call.openEarlyMedia();
    await call.play(call.sounds.prompt('not-available'));
    call.refuse({ status: 480, q850: 20, text: 'Subscriber absent' });
  },
};
