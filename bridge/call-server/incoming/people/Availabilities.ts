import { z } from 'zod';
import { type UserId, userIdSchema } from '../../../../shared/domain/index.ts';
import { type Availability, availabilitySchema } from '../../../../shared/protocol/index.ts';
import type { Collection } from '../../../storage/index.ts';

/** As it is kept; the id is the user's. */
export const keptAvailabilitySchema = z.strictObject({ id: userIdSchema, ...availabilitySchema.shape });
export type KeptAvailability = z.infer<typeof keptAvailabilitySchema>;

const usual: Availability = { isDoNotDisturb: false, hasCallWaiting: true };

/** Whether people's devices ring. Who never said anything may be rung, and has call waiting. */
export class Availabilities {
  readonly #kept: Pick<Collection<KeptAvailability>, 'get' | 'update'>;

  constructor(deps: { readonly availabilities: Pick<Collection<KeptAvailability>, 'get' | 'update'> }) {
    this.#kept = deps.availabilities;
  }

  async get(userId: UserId): Promise<Availability> {
    return toAvailability(await this.#kept.get(userId));
  }

  /** What is absent stays. Resolves with what holds now. */
  async change(
    userId: UserId,
    { isDoNotDisturb, hasCallWaiting }: { readonly [Key in keyof Availability]?: Availability[Key] | undefined },
  ): Promise<Availability> {
    const changed = await this.#kept.update(userId, (present) => {
      const before = toAvailability(present);
      return {
        id: userId,
        isDoNotDisturb: isDoNotDisturb ?? before.isDoNotDisturb,
        hasCallWaiting: hasCallWaiting ?? before.hasCallWaiting,
      };
    });
    return toAvailability(changed);
  }
}

function toAvailability({ isDoNotDisturb, hasCallWaiting }: Availability = usual): Availability {
  return { isDoNotDisturb, hasCallWaiting };
}
