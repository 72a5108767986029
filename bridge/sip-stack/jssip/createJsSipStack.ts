import type { Clock, Logger } from '../../observability/index.ts';
import type { SipStackOptions } from '../SipStack.ts';
import { createSipTransportLayer, type SipTransportLayerDeps } from '../transport/index.ts';
import { installBrowserGlobals } from './agent/installBrowserGlobals.ts';
import { JsSipStack } from './JsSipStack.ts';

export interface JsSipStackDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** `node:crypto` randomBytes. */
  readonly randomBytes: SipTransportLayerDeps['randomBytes'];
  /** `node:dns/promises` lookup. */
  readonly lookup: SipTransportLayerDeps['lookup'];
}

/** Binds the listeners and gives JsSIP the globals that it looks for. Rejects when an address can't be bound. */
export async function createJsSipStack(deps: JsSipStackDeps, options: SipStackOptions): Promise<JsSipStack> {
  installBrowserGlobals();
  const layer = await createSipTransportLayer(deps, options);
  return new JsSipStack({ layer, clock: deps.clock, logger: deps.logger, userAgent: options.userAgent });
}
