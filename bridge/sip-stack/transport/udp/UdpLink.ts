import type { Link } from '../links/Link.ts';
import type { UdpListener } from './UdpListener.ts';

/** Datagrams to one address. */
export class UdpLink implements Link {
  readonly isReliable = false;
  onFailed: (reason: string) => void = () => {};
  readonly #listener: UdpListener;
  readonly #to: { readonly address: string; readonly port: number };

  constructor(listener: UdpListener, to: { readonly address: string; readonly port: number }) {
    this.#listener = listener;
    this.#to = to;
  }

  send(text: string): void {
    this.#listener.send(text, this.#to, (reason) => {
      const { onFailed } = this;
      this.release();
      onFailed(reason);
    });
  }

  answered(): void {}

  release(): void {
    this.onFailed = () => {};
  }
}
