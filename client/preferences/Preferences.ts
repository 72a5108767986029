import { z } from 'zod';
import { Observable, type Readable } from '../state/index.ts';
import { type Language, languageNames } from './languages.ts';

const valuesSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  /** Null: what the system chooses. */
  microphoneId: z.string().nullable().catch(null),
  speakerId: z.string().nullable().catch(null),
  /** Null: that of the brand. */
  language: z
    .enum(Object.keys(languageNames) as Language[])
    .nullable()
    .catch(null),
  /** Caller ID, where the person may choose; null: the usual one. */
  callerNumber: z.string().nullable().catch(null),
  /** Those who are called shall not see the number. */
  isNumberWithheld: z.boolean().catch(false),
  ringSound: z.enum(['chime', 'doorbell', 'classic', 'off']).catch('chime'),
  ringVolume: z.enum(['soft', 'normal', 'loud']).catch('normal'),
  /** Where it rings; null: where calls are heard. */
  ringDeviceId: z.string().nullable().catch(null),
  /** The offer to tell of calls while the person is elsewhere has been answered, one way or the other. */
  hasAnsweredOffer: z.boolean().catch(false),
  /** Letters, digits and signs do what buttons do, typed anywhere. Who speaks to the machine wants that off (WCAG 2.1.4). */
  hasSingleKeys: z.boolean().catch(true),
});
export type PreferenceValues = z.infer<typeof valuesSchema>;
export type RingVolume = PreferenceValues['ringVolume'];
export type Theme = PreferenceValues['theme'];

const key = 'dialbridge.preferences';

/** What the person chose for this browser. Kept in its local storage; without one, for the life of the page. */
export class Preferences {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly #values: Observable<PreferenceValues>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
    this.#values = new Observable(read(storage));
  }

  get values(): Readable<PreferenceValues> {
    return this.#values;
  }

  /** One value by itself; its listeners hear of changes to any. */
  pick<Key extends keyof PreferenceValues>(name: Key): Readable<PreferenceValues[Key]> {
    return {
      get: () => this.#values.get()[name],
      subscribe: (listener) => {
        let last = this.#values.get()[name];
        return this.#values.subscribe(() => {
          const next = this.#values.get()[name];
          if (next === last) return;
          last = next;
          listener();
        });
      },
    };
  }

  change(values: Partial<PreferenceValues>): void {
    const next = { ...this.#values.get(), ...values };
    try {
      this.#storage.setItem(key, JSON.stringify(next));
    } catch {
      // Full or forbidden: the choice holds until the page is left.
    }
    this.#values.set(next);
  }
}

function read(storage: Pick<Storage, 'getItem'>): PreferenceValues {
  try {
    return valuesSchema.parse(JSON.parse(storage.getItem(key) ?? '{}'));
  } catch {
    return valuesSchema.parse({});
  }
}
