import type { Gateway, NumberEntry } from '../../../shared/admin/index.ts';
import type { CallId, CallServerId } from '../../../shared/domain/index.ts';
import type { DtmfOptions, MediaRelay } from '../../media-relay/index.ts';
import type { IncomingSipCall } from '../../sip-stack/index.ts';
import type { ConnectedDevices } from '../ConnectedDevices.ts';
import type { CallHandler, CallWatcher } from '../call-handler/index.ts';
import type { CallLogger } from '../call-logger/index.ts';
import type { CallerPlace } from './CallerPlace.ts';
import type { NumberBook } from './numbers/NumberBook.ts';
import type { Callees } from './people/Callees.ts';
import type { PersonRingingDeps } from './ringing/PersonRinging.ts';
import type { ForwardDeps, ForwardOptions } from './telephone/ForwardDeps.ts';

export interface IncomingCallDeps extends PersonRingingDeps, Omit<ForwardDeps, 'callees' | 'relay'> {
  readonly relay: Pick<MediaRelay, 'createSession' | 'createTrunkSession' | 'codecsIn' | 'join'>;
  readonly log: Pick<CallLogger, 'requested' | 'event' | 'progressed' | 'ended'>;
  /** Look on at every call that somebody took. */
  readonly watchers?: readonly CallWatcher[];
  readonly book: Pick<NumberBook, 'find' | 'has' | 'isOpen'>;
  readonly callees: Pick<Callees, 'of' | 'account'>;
  readonly devices: Pick<ConnectedDevices, 'ofUser' | 'get' | 'channelOf'>;
}

export interface IncomingCallOptions extends ForwardOptions {
  readonly callServerId: CallServerId;
  readonly reconnectWindowMs: number;
  /** From the answer on. */
  readonly maxDurationMs: number;
  readonly dtmf: DtmfOptions;
}

/** One call of a gateway to a number of ours. */
export interface IncomingCallRequest {
  readonly callId: CallId;
  readonly call: IncomingSipCall;
  readonly gateway: Gateway;
  /** At that gateway; given back when the call has closed. */
  readonly place: CallerPlace;
  readonly number: NumberEntry;
  /** E.164 where it could be read; null: withheld. */
  readonly callingNumber: string | null;
  /** As the network told it. */
  readonly callingName: string | null;
  readonly requestedAtMs: number;
}

export interface IncomingCallEvents {
  /** Somebody takes it at a device: from here on it is a call like any other. */
  taken: [CallHandler];
  /** Terminal, exactly once: the call holds nothing any more. */
  closed: [];
}
