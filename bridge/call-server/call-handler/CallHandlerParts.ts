import type { DisconnectedBy } from '../../../shared/domain/index.ts';
import type { MediaSession } from '../../media-relay/index.ts';
import type { CallClient } from '../CallServer.ts';
import type { ClientLeg } from './ClientLeg.ts';
import type { GatewaySide } from './gateway-leg/index.ts';
import type { CallReporter } from './reports/CallReporter.ts';

/** The way of a call to its answer. */
export interface CallBeginning {
  /** When the caller first heard that something happens (ringing, early media, answer); null before. */
  readonly firstProgressAtMs: number | null;
  /** Nobody waits for an answer any more. Idempotent. */
  stopRinging(): void;
}

/** Whoever wants to know what only the browser knows of its connection: where the audio goes direct. */
export interface BrowserNews {
  /** An offer that may wait for its answer: null says that it does. @throws MediaError as `MediaSession.acceptBrowserOffer` */
  offered(offer: string): Promise<string | null>;
  candidatesFound(candidates: readonly string[]): void;
  stateChanged(state: 'connected' | 'failed'): void;
}

export interface CallHandlerParts {
  readonly client: CallClient;
  readonly media: MediaSession;
  readonly clientLeg: ClientLeg;
  readonly gatewayLeg: GatewaySide;
  readonly reporter: CallReporter;
  readonly beginning: CallBeginning;
  readonly browserNews?: BrowserNews;
}

export interface CallTerms {
  readonly calledNumber: string;
  readonly requestedAtMs: number;
  /** From the answer on, in milliseconds. */
  readonly maxDurationMs: number;
  /** Which of the two the person at the client is. */
  readonly person: Extract<DisconnectedBy, 'caller' | 'called'>;
}
