/** The way of one transaction to the other side. */
export interface Link {
  /** TCP: nothing is repeated by timers A, E and G (RFC 3261 section 17). */
  readonly isReliable: boolean;
  send(text: string): void;
  /** Something came back: should a connection be lost from here on, it is made anew without sending the last text again. */
  answered(): void;
  /** Called at most once, after which the link is dead. */
  onFailed: (reason: string) => void;
  /** Forgets the transaction; the connection itself stays. */
  release(): void;
}
