import { AckLostError, type DisconnectReason, type Transport, type TransportListener } from '../connection/index.ts';

export interface SentMessage {
  readonly name: string;
  readonly payload: Record<string, unknown>;
  /** Answers it. */
  readonly ack: (answer: unknown) => void;
  /** Lets its ack be lost. */
  readonly lose: () => void;
}

/** A transport without a network, led by a test. */
export class FakeTransport implements Transport {
  readonly sent: SentMessage[] = [];
  /** How often it was told to connect, and to connect anew. */
  opened = 0;
  reconnected = 0;
  isClosed = false;
  /** Answers by itself what has an entry here. */
  readonly answers = new Map<string, (payload: Record<string, unknown>) => unknown>();
  #listener: TransportListener | null = null;

  listen(listener: TransportListener): void {
    this.#listener = listener;
  }

  open(): void {
    this.opened += 1;
  }

  send(name: string, payload: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const message = payload as Record<string, unknown>;
      this.sent.push({ name, payload: message, ack: resolve, lose: () => reject(new AckLostError()) });
      const answer = this.answers.get(name);
      if (answer) resolve(answer(message));
    });
  }

  reconnect(): void {
    this.reconnected += 1;
  }

  close(): void {
    this.isClosed = true;
  }

  connect(): void {
    this.#listener?.connected();
  }

  disconnect(reason: DisconnectReason = 'lost'): void {
    this.#listener?.disconnected(reason);
  }

  notify(name: string, payload: unknown): void {
    this.#listener?.notified(name, payload);
  }

  /** What was sent under this name. */
  named(name: string): readonly SentMessage[] {
    return this.sent.filter((message) => message.name === name);
  }
}
