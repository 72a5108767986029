import type { Clock, Logger } from '../../observability/index.ts';
import { Location, NodeDns, type SipDns, type SystemLookup } from '../location/index.ts';
import { KnownPeers } from '../peers/index.ts';
import type { SipListener, SipStackOptions } from '../port/index.ts';
import { StrangerScreen } from '../screening/index.ts';
import { createSipTransportLayer, type SipTransportLayerDeps } from '../transport/index.ts';
import { installBrowserGlobals } from './agent/installBrowserGlobals.ts';
import { JsSipStack } from './JsSipStack.ts';

export interface JsSipStackDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** `node:crypto` randomBytes. */
  readonly randomBytes: SipTransportLayerDeps['randomBytes'];
  /** `node:dns/promises` lookup. */
  readonly lookup: SystemLookup;
  /** Absent: the system's DNS servers, or those of `dnsServers`. */
  readonly dns?: SipDns;
}

/** Binds the listeners and gives JsSIP the globals that it looks for. Rejects when an address can't be bound. */
export async function createJsSipStack(deps: JsSipStackDeps, options: SipStackOptions): Promise<JsSipStack> {
  installBrowserGlobals();
  const { clock, logger, randomBytes, lookup, dns = new NodeDns(options.dnsServers) } = deps;
  const bound: SipListener[] = [];
  const location = new Location({ clock, dns, lookup, random: Math.random, listeners: () => bound });
  const peers = new KnownPeers({ clock, logger, locate: (peer) => location.locate(peer) });
  // Made after the layer, which needs to ask it.
  let stack: JsSipStack | null = null;
  const screen = new StrangerScreen({
    ...{ clock, logger, strangers: options.strangers ?? 'drop' },
    isKnown: (address) => peers.isAt(address),
    takesProofs: () => peers.takesProofs,
    isLiveCall: (callId) => stack?.hasCall(callId) ?? false,
  });
  const layer = await createSipTransportLayer(
    { clock, logger, randomBytes, screen, lookup: async (host) => ({ address: await location.addressOf(host) }) },
    options,
  );
  bound.push(...layer.bound);
  const preciseNow = () => performance.timeOrigin + performance.now();
  stack = new JsSipStack({ layer, location, peers, clock, logger, preciseNow, userAgent: options.userAgent });
  return stack;
}
