import type { MediaSession } from '../../../media-relay/index.ts';
import { DirectableAudio } from './DirectableAudio.ts';

/** The relay’s session of a call, which alone can be joined with another’s. */
export function relayedOf(media: MediaSession): MediaSession {
  return media instanceof DirectableAudio ? media.relayed : media;
}
