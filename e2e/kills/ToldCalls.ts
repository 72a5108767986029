/** A call, as far as those who made it were told of it before the bridge was killed. */
export interface ToldCall {
  readonly callId: string;
  readonly isDialled: boolean;
  /** When it was asked for, or rang here: milliseconds since the epoch. */
  readonly atMs: number;
  /** When the bridge said that it has it, or it rang here; null: never. */
  takenAtMs: number | null;
  /** It is neither hung up by anybody nor does it end by itself. */
  isLeftUp: boolean;
  /** How it ended, as its person was told; null: they weren't. */
  outcome: string | null;
  /** After that its person was told that their history has it (`history:changed`). */
  isAcknowledged: boolean;
}

/** What was told of all calls since the bridge was started, so that it can be compared with what is there after a kill. */
export class ToldCalls {
  readonly byId = new Map<string, ToldCall>();
  /** Calls of gateways that were sent and may have come to nobody's knowledge. */
  sentByGateways = 0;

  add(callId: string, { isDialled }: Pick<ToldCall, 'isDialled'>): ToldCall {
    const call: ToldCall = {
      ...{
        callId,
        isDialled,
        atMs: Date.now(),
        takenAtMs: null,
        isLeftUp: false,
        outcome: null,
        isAcknowledged: false,
      },
    };
    this.byId.set(callId, call);
    return call;
  }
}
