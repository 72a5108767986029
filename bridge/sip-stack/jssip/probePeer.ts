import { createRequest, formatHost, type SipResponse } from '../message/index.ts';
import type { ProbeResult, SipPeer } from '../port/index.ts';
import type { ClientTransaction, SipRoute, SipTransportLayer } from '../transport/index.ts';
import { capabilityHeaders } from './capabilities.ts';
import { contactUri } from './dialogs/contactUri.ts';
import { readRetryAfterMs } from './dialogs/readReason.ts';
import { preloadedRoutes } from './outgoing/preloadedRoutes.ts';

interface ProbeDeps {
  readonly layer: SipTransportLayer;
  readonly userAgent: string;
  readonly now: () => number;
  readonly startTimer: (delayMs: number, callback: () => void) => () => void;
}

/**
 * One OPTIONS outside any dialog (RFC 3261 section 11). Any answer shows that the gateway is there, a challenge too. It goes
 * past JsSIP, which would keep a user's worth of state for it; over TCP it opens the connection that calls will use.
 */
export function probePeer(
  peer: SipPeer,
  options: { readonly timeoutMs: number; readonly resolve: () => Promise<SipRoute> },
  deps: ProbeDeps,
): Promise<ProbeResult> {
  return new Promise((resolve) => {
    let transaction: ClientTransaction | null = null;
    let isOver = false;
    const startedAt = deps.now();
    const finish = (result: ProbeResult): void => {
      if (isOver) return;
      isOver = true;
      stopTimer();
      resolve(result);
    };
    const stopTimer = deps.startTimer(options.timeoutMs, () => {
      finish({ isReachable: false, problem: `no answer within ${options.timeoutMs} ms` });
      // After the answer is told, since giving up is silent.
      transaction?.abandon();
    });
    const send = (route: SipRoute): void => {
      if (isOver) return;
      transaction = deps.layer.send(createOptions(peer, route, deps), route);
      transaction.on('timedOut', () => finish({ isReachable: false, problem: 'no answer' }));
      transaction.on('transportFailed', ({ reason }) => finish({ isReachable: false, problem: reason }));
      transaction.on('response', (response) => {
        if (response.status >= 200) finish(readAnswer(response, deps.now() - startedAt));
      });
    };
    options.resolve().then(send, (error: Error) => finish({ isReachable: false, problem: error.message }));
  });
}

function createOptions(peer: SipPeer, route: SipRoute, deps: ProbeDeps) {
  const uri = `sip:${peer.domain}`;
  return createRequest({
    method: 'OPTIONS',
    uri,
    from: `<sip:bridge@${formatHost(route.local.host)}>;tag=${deps.layer.token()}`,
    to: `<${uri}>`,
    callId: deps.layer.token(),
    cseq: 1,
    headers: [
      ...preloadedRoutes(peer).map((value) => ['Route', value] as const),
      ['Contact', `<${contactUri(route)}>`],
      ...capabilityHeaders(),
      ['User-Agent', deps.userAgent],
    ],
  });
}

function readAnswer(response: SipResponse, roundTripMs: number): ProbeResult {
  const retryAfterMs = readRetryAfterMs(response);
  return {
    isReachable: true,
    status: response.status,
    roundTripMs,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
