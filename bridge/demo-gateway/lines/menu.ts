import type { CallControls, DemoLine } from './CallControls.ts';

const RING_MS = 600;
const PATIENCE_MS = 60_000;
const MAX_REMEMBERED = 20;

/** Speaks a prompt and says each key that is pressed. Pound says them all again; pound with none before it says goodbye. */
export const menu: DemoLine = {
  media: 'clips',
  async run(call) {
    call.ring();
    await call.wait(RING_MS);
    call.answer();
    speak(call, call.sounds.prompt('menu-welcome'));
    let heard = '';
    for (;;) {
      const digit = await call.nextDigit(PATIENCE_MS);
      call.interrupt();
      if (digit === '#' && heard !== '') {
        speak(call, call.sounds.prompt('menu-you-pressed'));
        for (const known of heard) speak(call, call.sounds.digit(known));
        heard = '';
      } else if (digit === null || digit === '#') {
        await call.play(call.sounds.prompt('menu-goodbye'));
        return call.hangUp();
      } else {
        heard = (heard + digit).slice(-MAX_REMEMBERED);
        // Not to be cut short by the next key: every key is said.
        const clip = call.sounds.digit(digit);
        if (clip !== null) unwaited(call.play(clip));
      }
    }
  },
};

function speak(call: CallControls, clip: Uint8Array | null): void {
  if (clip !== null) unwaited(call.play(clip, { isInterruptible: true }));
}

/** The end of the call reaches the script where it waits for the next key. */
function unwaited(playing: Promise<void>): void {
  playing.catch(() => undefined);
}
