import type { Clock } from '../../../observability/index.ts';
import { formatHost, type SipRequest, serializeMessage } from '../../message/index.ts';
import type { SipListener } from '../../port/index.ts';
import { familyOf } from '../resolveRoute.ts';
import type { SipRoute } from '../SipTransportLayer.ts';

/** Octets of a request with its Via that still leave by UDP (RFC 3261 section 18.1.1). */
export const MAX_DATAGRAM_BYTES = 1300;
/** A firewall that swallows TCP must not cost every call this long. */
export const TCP_PATIENCE_MS = 500;
/** So long nobody who refused TCP is asked again. */
export const TCP_REFUSED_FOR_MS = 10 * 60_000;
const MAX_KEPT = 1000;

interface LargeRequestsDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly listeners: readonly SipListener[];
}

/** Which requests are too large for UDP, and who takes no TCP instead. */
export class LargeRequests {
  readonly patienceMs = TCP_PATIENCE_MS;
  readonly #deps: LargeRequestsDeps;
  /** Until when, by place. */
  readonly #refused = new Map<string, number>();

  constructor(deps: LargeRequestsDeps) {
    this.#deps = deps;
  }

  /** The way by TCP that this request should take instead of its own; null: it may stay. */
  routeFor(request: SipRequest, route: SipRoute): SipRoute | null {
    if (route.transport !== 'udp' || Buffer.byteLength(serializeMessage(request)) <= MAX_DATAGRAM_BYTES) return null;
    const untilMs = this.#refused.get(placeOf(route));
    if (untilMs !== undefined && this.#deps.clock.now() < untilMs) return null;
    const listener = this.#deps.listeners.find(
      ({ transport, host }) => transport === 'tcp' && familyOf(host) === route.family,
    );
    if (listener === undefined) return null;
    return { ...route, transport: 'tcp', listener, local: { host: route.local.host, port: listener.port } };
  }

  noteRefusal(route: SipRoute): void {
    if (this.#refused.size >= MAX_KEPT) this.#refused.clear();
    this.#refused.set(placeOf(route), this.#deps.clock.now() + TCP_REFUSED_FOR_MS);
  }
}

function placeOf({ address, port }: SipRoute): string {
  return formatHost(address, port);
}
