import type { CallId, CodecName } from '../../../../../shared/domain/index.ts';
import type { CallStatus } from '../../../../../shared/protocol/index.ts';
import type { JoinableCall } from './JoinableCall.ts';

/** A number that the person may call. */
export interface BlindTarget {
  readonly kind: 'blind';
  /** E.164, or the digits of an emergency number. */
  readonly number: string;
  readonly isEmergency: boolean;
  /** Takes a place within the person's limits while a gateway calls it for us; one that isn't ended is `dial`'s. @throws DialbridgeError */
  admit(): Promise<{ ended(atMs: number): void }>;
  /** Calls it for us, in the person's name and without them. @throws DialbridgeError */
  dial(options: PassedDial): Promise<JoinableCall>;
}

export interface PassedDial {
  /** The call that is passed on. */
  readonly fromCallId: CallId;
  /** What the party that is passed on can speak, best first. */
  readonly codecs: readonly CodecName[];
  readonly onStatus: (status: CallStatus) => void;
}

/** The other party of a further call of the person. */
export interface AttendedTarget {
  readonly kind: 'attended';
  readonly other: JoinableCall;
}

export type TransferTarget = BlindTarget | AttendedTarget;

/** For the person and the record; empty: withheld. */
export function numberOf(target: TransferTarget): string {
  return target.kind === 'blind' ? target.number : target.other.otherNumber;
}
