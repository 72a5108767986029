import type { MediaSession } from '../../../media-relay/index.ts';
import type { Clock } from '../../../observability/index.ts';

export interface DirectableAudioDeps {
  /** Asked when the relay is needed, and again where it was given back meanwhile. */
  readonly createRelayed: () => MediaSession;
  readonly clock: Clock;
}

export interface DirectableAudioOptions {
  /** The first gateway speaks with the browser itself: the first offer isn’t answered by the relay. */
  readonly beginsDirect: boolean;
}
