import type { MediaWay } from '../../../../shared/domain/index.ts';

/** Which way the audio of a call goes, and what the browser has to hear of it. */
export interface AudioWayEvents {
  /** The gateway that is tried next gets its audio this way. Not where it is the same as before. */
  chosen: [MediaWay];
  /** The gateway that had the browser has the relay now. */
  takenOver: [];
  /** The browser’s last offer has been answered after all, by the gateway or by the relay. */
  answered: [sdp: string];
  /** Only a new offer of the browser leads on. */
  restartNeeded: [];
  /** The gateway’s later answer leads to another place than the one that the browser has. */
  pathChanged: [];
  /** The browser has the relay now, and the gateway still the browser: it is to be offered the relay. */
  takeOverDue: [];
}
