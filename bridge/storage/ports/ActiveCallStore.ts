import type { CallId, CallServerId, CallState, CodecName, GatewayId, UserId } from '../../../shared/domain/index.ts';

/** A call that is up, on any call server: the connection database's entry. */
export interface ActiveCall {
  readonly id: CallId;
  readonly callServerId: CallServerId;
  /** null: an incoming call that nobody has taken yet. */
  readonly userId: UserId | null;
  readonly calledNumber: string;
  readonly state: CallState;
  readonly gatewayId: GatewayId | null;
  readonly codec: CodecName | null;
  readonly requestedAtMs: number;
  readonly answeredAtMs: number | null;
}

/** The connection database: which calls are up now. Shared by all call servers. */
export interface ActiveCallStore {
  add(call: ActiveCall): Promise<void>;
  update(id: CallId, change: Partial<Omit<ActiveCall, 'id'>>): Promise<void>;
  remove(id: CallId): Promise<void>;
  get(id: CallId): Promise<ActiveCall | undefined>;
  list(): Promise<readonly ActiveCall[]>;
}
