/** Why a transport lost its connection: the way broke (it tries again by itself), or the bridge closed it. */
export type DisconnectReason = 'lost' | 'closedByBridge';

export interface TransportListener {
  /** Up, for the first time or again. */
  connected(): void;
  disconnected(reason: DisconnectReason): void;
  /** The bridge told something; not yet parsed. */
  notified(name: string, payload: unknown): void;
}

/** What carries our messages. One adapter speaks socket.io; tests have one without a network. */
export interface Transport {
  listen(listener: TransportListener): void;
  /** Begins to connect, and goes on trying until `close`. */
  open(): void;
  /** Resolves with the ack, not yet parsed. @throws AckLostError when none came in time or the connection went. */
  send(name: string, payload: unknown, timeoutMs: number): Promise<unknown>;
  /** Drops the connection, if there is one, and connects anew. */
  reconnect(): void;
  close(): void;
}

/** The request may or may not have arrived: sending it again with the same `messageId` is safe. */
export class AckLostError extends Error {
  constructor() {
    super('No ack came.');
    this.name = 'AckLostError';
  }
}
