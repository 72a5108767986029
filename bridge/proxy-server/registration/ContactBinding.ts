import type { CallServerId, DeviceId, UserId } from '../../../shared/domain/index.ts';

/** Where one device of a user is (RFC 3261 section 10: a contact that is bound to an address of record). */
export interface ContactBinding {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  /** The call server that its socket is at. */
  readonly callServerId: CallServerId;
  /** When it connected last, in milliseconds since the epoch. */
  readonly connectedAtMs: number;
  /** `away`: its socket went, and it may come back until `untilMs`. */
  readonly state: 'connected' | 'away';
  /** Milliseconds since the epoch; null while it is connected. */
  readonly untilMs: number | null;
  /** Name of the program, as it says itself. */
  readonly clientName: string;
}

/** All devices of one user. The id is the user's. */
export interface AddressOfRecord {
  readonly id: UserId;
  readonly bindings: readonly ContactBinding[];
}
