import {
  Availability,
  type Calling,
  IncomingCalls,
  OfferReserve,
  type Phone,
  type RingChoice,
  Ringer,
  type TonePlayer,
} from '../calling/index.ts';
import type { Preferences, RingVolume } from '../preferences/index.ts';
import { browserTimers, type Readable } from '../state/index.ts';

export interface RingingDeps extends Pick<Calling, 'connection' | 'microphone'> {
  readonly phone: Phone;
  readonly createMedia: ConstructorParameters<typeof OfferReserve>[0]['createMedia'];
  readonly preferences: Pick<Preferences, 'values'>;
  readonly tones: TonePlayer;
  readonly ringTones: TonePlayer;
}

export interface Ringing {
  readonly parts: Pick<Calling, 'incoming' | 'availability' | 'ringer'>;
  /** Idempotent. */
  close(): void;
}

const volumes: Readonly<Record<RingVolume, number>> = { soft: 0.15, normal: 0.45, loud: 1 };

/** What rings, for the person who is signed in. */
export function createRinging(deps: RingingDeps): Ringing {
  const { connection, phone, microphone, createMedia, preferences, tones, ringTones } = deps;
  const reserve = new OfferReserve({ createMedia, microphone });
  const incoming = new IncomingCalls({ connection, phone, reserve, timers: browserTimers });
  const availability = new Availability({ connection });
  const ringer = new Ringer({
    ringing: incoming.ringing,
    call: phone.call,
    choice: ringChoiceOf(preferences.values),
    ringTones,
    callTones: tones,
    vibrate: (pattern) => void navigator.vibrate?.(pattern),
  });
  return {
    parts: { incoming, availability, ringer },
    close: () => {
      ringer.close();
      incoming.close();
      availability.close();
    },
  };
}

function ringChoiceOf(values: Preferences['values']): Readable<RingChoice> {
  return {
    get: () => ({ sound: values.get().ringSound, volume: volumes[values.get().ringVolume] }),
    subscribe: values.subscribe,
  };
}
