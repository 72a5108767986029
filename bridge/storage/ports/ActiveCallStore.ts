import type {
  BrandId,
  CallDirection,
  CallId,
  CallServerId,
  CallState,
  CodecName,
  DeviceId,
  GatewayId,
  MediaWay,
  UserId,
} from '../../../shared/domain/index.ts';
import type { UsagePrice } from './UsageStore.ts';

/** Mean opinion scores (ITU-T G.107, 1 to 4.5) of each leg and direction; null: not known (yet). */
export type ActiveCallMos = Readonly<Record<'fromBrowser' | 'toBrowser' | 'fromGateway' | 'toGateway', number | null>>;

/** A call that is up, on any call server: the connection database's entry. */
export interface ActiveCall {
  readonly id: CallId;
  readonly callServerId: CallServerId;
  readonly brandId: BrandId;
  readonly direction: CallDirection;
  /** null: an incoming call that nobody has taken yet. */
  readonly userId: UserId | null;
  /** Where the person is; changes when the call moves. */
  readonly deviceId: DeviceId | null;
  readonly callingNumber: string | null;
  readonly calledNumber: string;
  /** The person passed the call on to this number. */
  readonly transferredTo: string | null;
  readonly state: CallState;
  readonly gatewayId: GatewayId | null;
  readonly codec: CodecName | null;
  readonly mediaWay: MediaWay | null;
  /** Milliseconds since the epoch. */
  readonly requestedAtMs: number;
  readonly answeredAtMs: number | null;
  /** What it is charged; null: nothing. */
  readonly price: UsagePrice | null;
  /** Of the last seconds; null: nothing was measured yet. */
  readonly mos: ActiveCallMos | null;
}

/** What became of the calls since a reader last asked. */
export interface ActiveCallChanges {
  /** To ask with the next time. */
  readonly cursor: string;
  /** These are all calls: what the reader had before is to be forgotten. */
  readonly isWhole: boolean;
  /** New or changed. */
  readonly calls: readonly ActiveCall[];
  readonly ended: readonly CallId[];
}

/** The connection database: which calls are up now. Shared by all call servers. */
export interface ActiveCallStore {
  add(call: ActiveCall): Promise<void>;
  update(id: CallId, change: Partial<Omit<ActiveCall, 'id'>>): Promise<void>;
  remove(id: CallId): Promise<void>;
  get(id: CallId): Promise<ActiveCall | undefined>;
  list(): Promise<readonly ActiveCall[]>;
  /** null, and a cursor that is too old or of another store: all calls. Costs no more than `list`, whatever happened meanwhile. */
  changesSince(cursor: string | null): Promise<ActiveCallChanges>;
}
