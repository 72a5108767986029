import type { DemoLine } from './CallControls.ts';

const RING_MS = 800;

/** Gives back what it hears, in whatever codec was offered first. */
export const echo: DemoLine = {
  media: 'echo',
  async run(call) {
    call.ring();
    await call.wait(RING_MS);
    call.answer();
    await untilHangUp(call);
  },
};

async function untilHangUp(call: { wait(ms: number): Promise<void> }): Promise<void> {
  for (;;) await call.wait(3_600_000);
}
