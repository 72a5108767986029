export { Baresip, type BaresipOptions } from './Baresip.ts';
export { type Certificate, CertificateAuthority } from './CertificateAuthority.ts';
export { DeafPeer } from './DeafPeer.ts';
export { DnsServer } from './DnsServer.ts';
export { freePort } from './freePort.ts';
export { Kamailio, kamailioAccount } from './Kamailio.ts';
export { LossyLink } from './LossyLink.ts';
export { LossyPath, type LossyPathOptions } from './LossyPath.ts';
export { MediaTap } from './MediaTap.ts';
export { PeerProcess } from './PeerProcess.ts';
export { Sipp, type SippOptions } from './Sipp.ts';
export { SippCaller } from './SippCaller.ts';
export { callerScenarios } from './scenarios/callerScenarios.ts';
export {
  changes,
  changesInCall,
  earlyDialogs,
  moves,
  negotiations,
  type Scenario,
  scenarios,
  trunkCredentials,
} from './scenarios/index.ts';
export { referredScenarios } from './scenarios/referredScenarios.ts';
export { openFiles, udpSocketsOf } from './systemSockets.ts';
export { waitUntil } from './waitUntil.ts';
