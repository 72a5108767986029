import type { DemoLine, Refusal } from './CallControls.ts';

/** A line that refuses at once. */
export function refusing(refusal: Refusal): DemoLine {
  return {
    media: null,
    async run(call) {
      call.refuse(refusal);
    },
  };
}
