import type { SipDialogSnapshot, SipPeer } from '../port/index.ts';
import type { SipRoute, SipTransportLayer } from '../transport/index.ts';
import { CallCredentials } from './auth/CallCredentials.ts';
import { CallIdentity } from './dialogs/CallIdentity.ts';
import { DialogSender } from './dialogs/DialogSender.ts';
import { DialogRequests } from './established/DialogRequests.ts';
import { dialogOf } from './established/dialogNames.ts';

interface EndLeftoverDeps {
  readonly layer: SipTransportLayer;
  readonly userAgent: string;
  readonly startTimer: (delayMs: number, callback: () => void) => () => void;
  /** The way to the gateway. Rejects with a sentence. */
  readonly route: () => Promise<SipRoute>;
}

const ANSWER_WAIT_MS = 5000;

/**
 * BYE for a dialog of a process that is gone: nothing of it is left but its names, its route and a number that is high enough.
 * Resolves with whether any answer came within 5 s: also 481 says that the call is no more. It is repeated for 64*T1 meanwhile and after.
 */
export function endLeftover(peer: SipPeer, snapshot: SipDialogSnapshot, deps: EndLeftoverDeps): Promise<boolean> {
  return new Promise((resolve) => {
    const stopTimer = deps.startTimer(ANSWER_WAIT_MS, () => resolve(false));
    const finish = (isAnswered: boolean): void => {
      stopTimer();
      resolve(isAnswered);
    };
    deps
      .route()
      .then((route) => sendBye(peer, snapshot, { ...deps, route }))
      .then(finish, () => finish(false));
  });
}

type SendByeDeps = Omit<EndLeftoverDeps, 'route'> & { readonly route: SipRoute };

async function sendBye(peer: SipPeer, snapshot: SipDialogSnapshot, deps: SendByeDeps): Promise<boolean> {
  const { layer, userAgent, route } = deps;
  const identity = new CallIdentity(snapshot);
  const credentials = new CallCredentials({ credentials: peer.credentials, token: () => layer.token() });
  const peerRoute = () => route;
  const requests = new DialogRequests({
    ...{ layer, identity, credentials, peerRoute },
    sender: new DialogSender({ layer, credentials, userAgent, peerRoute }),
    track: (transaction) => transaction,
  });
  identity.adopt(dialogOf(snapshot));
  const outcome = await requests.send({ method: 'BYE' });
  return outcome.kind === 'response';
}
