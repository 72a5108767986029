import type { Link } from './Link.ts';

/** The way of a message that is sent after the layer was closed: nowhere, and told so. */
export class DeadLink implements Link {
  readonly isReliable = true;
  onFailed: (reason: string) => void = () => {};

  send(): void {
    process.nextTick(() => this.onFailed('the stack is closed'));
  }

  answered(): void {}

  release(): void {
    this.onFailed = () => {};
  }
}
