/**
 * The socket that JsSIP is given. It is always connected: connections, their loss and their making anew are the transport
 * layer's affair, so that JsSIP's own waiting (2 to 30 s, in which a BYE is lost) never begins.
 */
export class JsSipSocket {
  readonly via_transport = 'UDP';
  readonly url = 'udp://jssip.invalid';
  readonly sip_uri = 'sip:jssip.invalid;transport=udp';
  // JsSIP puts its handlers here.
  onconnect: () => void = () => {};
  ondisconnect: (error: boolean, code?: number, reason?: string) => void = () => {};
  ondata: (text: string) => void = () => {};
  readonly #onText: (text: string) => void;

  /** `onText` takes every message that JsSIP sends. */
  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  connect(): void {
    this.onconnect();
  }

  disconnect(): void {}

  send(text: string): boolean {
    this.#onText(text);
    return true;
  }
}
