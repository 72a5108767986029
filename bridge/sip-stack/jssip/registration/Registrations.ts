import type { SipDestination, SipPeer, SipRegistration } from '../../port/index.ts';
import type { SipRoute, SipTransportLayer } from '../../transport/index.ts';
import { RegisterExchange } from './RegisterExchange.ts';
import { Registration } from './Registration.ts';

interface RegistrationsDeps {
  readonly layer: SipTransportLayer;
  readonly userAgent: string;
  readonly now: () => number;
  readonly startTimer: (delayMs: number, callback: () => void) => () => void;
  readonly locate: (peer: SipPeer) => Promise<readonly SipDestination[]>;
  readonly routeTo: (peer: SipPeer, destination: SipDestination) => Promise<SipRoute>;
  readonly noteFailure: (destination: SipDestination) => void;
}

/** The gateways that we are registered with, one registration each. */
export class Registrations {
  readonly #deps: RegistrationsDeps;
  readonly #byPeer = new Map<string, Registration>();

  constructor(deps: RegistrationsDeps) {
    this.#deps = deps;
  }

  /** Takes the place of an earlier one of the same gateway, which is neither closed nor unregistered: it is the same address. */
  open(peer: SipPeer, expiresSeconds: number): SipRegistration {
    const { layer, userAgent, now, startTimer, noteFailure, locate, routeTo } = this.#deps;
    this.#byPeer.get(peer.id)?.abandon();
    const registration: Registration = new Registration({
      ...{ now, startTimer, noteFailure, expiresSeconds },
      exchange: new RegisterExchange({ layer, peer, userAgent, startTimer }),
      locate: () => locate(peer),
      routeTo: (destination) => routeTo(peer, destination),
      random: () => Number.parseInt(layer.token().slice(0, 8), 16) / 2 ** 32,
      onClosed: () => {
        if (this.#byPeer.get(peer.id) === registration) this.#byPeer.delete(peer.id);
      },
    });
    this.#byPeer.set(peer.id, registration);
    return registration;
  }

  serviceRouteOf(peerId: string): readonly string[] {
    return this.#byPeer.get(peerId)?.serviceRoute ?? [];
  }

  async close(waitMs: number): Promise<void> {
    await Promise.all([...this.#byPeer.values()].map((registration) => registration.closeWithin(waitMs)));
  }
}
