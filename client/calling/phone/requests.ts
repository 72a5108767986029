import type { CallId } from '../../../shared/domain/index.ts';
import type { CalledLine, ClientCall, PreparedOffer, takenCall } from '../call/index.ts';

export interface DialRequest {
  /** As the person wrote it. With `*31#` or `#31#` in front, the number is withheld from this one call. */
  readonly destination: string;
  /** Name in the address book. */
  readonly name?: string | undefined;
  /** Shows the usual caller ID, whichever the person chose. */
  readonly isByUsualNumber?: boolean;
  /** Withholds the number from this one call. */
  readonly isNumberWithheld?: boolean;
}

/** An incoming call that the person takes. */
export type AnswerRequest = Pick<ClientCall, 'callId' | 'number' | 'name'> & { readonly called: CalledLine };

/** A call that is up elsewhere, or was here before a crash, as far as it is known. */
export interface TakeOverRequest extends Omit<Parameters<typeof takenCall>[0], 'startedAtMs'> {
  /** Null: the person's own account will do. */
  readonly resumeKey: string | null;
  readonly prepared?: Promise<PreparedOffer | null>;
}

/** What becomes of the present call when another is taken. */
export type PresentCall = 'hold' | 'end';

/** Whom a call is passed on to: a number, or the other party of a further call that is up. */
export type PassOnTarget =
  | { readonly destination: string; readonly name?: string | undefined }
  | { readonly callId: CallId };
