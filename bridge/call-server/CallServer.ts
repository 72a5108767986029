import type { CallId, DeviceId, UserId } from '../../shared/domain/index.ts';
import type {
  AckData,
  Availability,
  Brand,
  CallStatus,
  Elsewhere,
  IncomingCall,
  NotificationName,
  NotificationPayload,
  RequestPayload,
  SignedInUser,
} from '../../shared/protocol/index.ts';
import type { Entry } from '../front-end-server/index.ts';

/** Who speaks on a connection, proven by its access token. */
export interface CallClient {
  readonly user: SignedInUser;
  readonly brand: Brand;
  readonly deviceId: DeviceId;
  /** Name of the program, as it says itself. */
  readonly clientName: string;
  /** For the person’s other devices. */
  readonly deviceName: string;
  /** How they came in, and what that allows. */
  readonly entry: Entry;
  /** The sign-in that their token descends from. */
  readonly familyId: string;
  /** When their token was issued, in milliseconds since the epoch. */
  readonly issuedAtMs: number;
  /** IP address of the connection. */
  readonly address: string;
  /** Origin of the page; null for programs that are no pages. */
  readonly origin: string | null;
}

/** How the call server reaches a device while it is connected. */
export interface ClientChannel {
  notify<Name extends NotificationName>(name: Name, payload: NotificationPayload<Name>): void;
}

/** What a device finds when it connects. */
export interface DeviceCalls {
  /** Its calls that are still up. */
  readonly calls: readonly CallStatus[];
  /** What rings at it. */
  readonly incomingCalls: readonly IncomingCall[];
  /** The person’s other devices, and their calls there. */
  readonly elsewhere: Elsewhere;
}

/**
 * The call server as the client gateway sees it. Every method may throw a `DialbridgeError`,
 * which the gateway turns into an ack; a call of another user or device is `callNotFound`.
 */
export interface CallServer {
  /** A device is connected (again). A second connection of the same device replaces the first. */
  attach(client: CallClient, channel: ClientChannel): DeviceCalls;
  /** The connection went. Its calls are held for the reconnect window, then ended. Ignored when `channel` was replaced. */
  detach(client: CallClient, channel: ClientChannel): void;
  /**
   * Hangs up the calls of every client whose rights have ended, also of one that is not connected now: nobody comes back for them.
   * They are rung no longer either.
   * `isOver` says of whom that is true.
   */
  release(isOver: (client: CallClient) => boolean): void;
  dial(client: CallClient, request: RequestPayload<'call:dial'>): Promise<AckData<'call:dial'>>;
  answer(client: CallClient, request: RequestPayload<'call:answer'>): Promise<AckData<'call:answer'>>;
  decline(client: CallClient, callId: CallId): Promise<void>;
  hangUp(client: CallClient, callId: CallId): Promise<void>;
  sendDtmf(client: CallClient, callId: CallId, digits: string): Promise<void>;
  setMuted(client: CallClient, callId: CallId, isMuted: boolean): Promise<void>;
  hold(client: CallClient, callId: CallId): Promise<void>;
  resume(client: CallClient, callId: CallId): Promise<void>;
  transfer(client: CallClient, request: RequestPayload<'call:transfer'>): Promise<void>;
  /** The call is this device's from now on; the one that had it is told. */
  reattach(client: CallClient, request: RequestPayload<'call:reattach'>): Promise<AckData<'call:reattach'>>;
  handOver(client: CallClient, callId: CallId): Promise<AckData<'call:handOver'>>;
  push(client: CallClient, request: RequestPayload<'call:push'>): Promise<void>;
  acceptOffer(client: CallClient, callId: CallId, offer: string): Promise<AckData<'media:offer'>>;
  addCandidates(client: CallClient, callId: CallId, candidates: readonly string[]): Promise<void>;
  mediaStateChanged(client: CallClient, request: RequestPayload<'media:state'>): Promise<void>;
  startCheck(client: CallClient, request: RequestPayload<'media:check'>): Promise<AckData<'media:check'>>;
  endCheck(client: CallClient, checkId: string): Promise<void>;
  reportQuality(client: CallClient, request: RequestPayload<'stats:report'>): Promise<void>;
  availabilityOf(userId: UserId): Promise<Availability>;
  /** Their other devices hear of it. */
  setAvailability(client: CallClient, change: RequestPayload<'session:setAvailability'>): Promise<Availability>;
}
