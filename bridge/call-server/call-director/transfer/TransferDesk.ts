import type { CallId } from '../../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import type { RequestPayload } from '../../../../shared/protocol/index.ts';
import type { Clock } from '../../../observability/index.ts';
import type { CallClient } from '../../CallServer.ts';
import type { BlindTarget, CallHandler, PassedDial } from '../../call-handler/index.ts';
import type { CallAuthorizer } from '../CallAuthorizer.ts';
import type { CallAdmission, CallLimits } from '../limits/index.ts';

export interface TransferDeskDeps {
  readonly authorizer: Pick<CallAuthorizer, 'authorize'>;
  readonly limits: Pick<CallLimits, 'admit'>;
  readonly newId: () => string;
  /** @throws DialbridgeError `callNotFound` */
  readonly handler: (client: CallClient, callId: CallId) => CallHandler;
  /** Dials in the name of this person, without them. @throws DialbridgeError */
  readonly dial: (client: CallClient, destination: string, passedOn: AdmittedDial) => ReturnType<BlindTarget['dial']>;
  readonly clock: Pick<Clock, 'now'>;
}

export interface AdmittedDial extends PassedDial {
  /** The place within the person's limits that it has already; null: it has none yet. */
  readonly admission: CallAdmission | null;
}

/** Decides whether somebody may pass a call on, as if they dialled where it shall go. */
export class TransferDesk {
  readonly #deps: TransferDeskDeps;

  constructor(deps: TransferDeskDeps) {
    this.#deps = deps;
  }

  /** Resolves when it is under way. @throws DialbridgeError that says why it is not */
  async transfer(client: CallClient, { callId, to }: RequestPayload<'call:transfer'>): Promise<void> {
    const { inCall } = this.#deps.handler(client, callId);
    if ('callId' in to) {
      if (to.callId === callId) throw new DialbridgeError('badRequest', { details: { detail: 'to.callId' } });
      // They may call where they have called.
      const other = this.#deps.handler(client, to.callId);
      const isBusy = other.status.transfer !== null && other.status.transfer.state !== 'failed';
      if (isBusy) throw new DialbridgeError('conflict');
      inCall.transfer({ kind: 'attended', other: other.inCall });
    } else inCall.transfer(await this.#blindTarget(client, to.destination));
  }

  async #blindTarget(client: CallClient, destination: string): Promise<BlindTarget> {
    const { authorizer, limits, newId, dial, clock } = this.#deps;
    const authorization = await authorizer.authorize({ client, destination });
    let admission: CallAdmission | null = null;
    return {
      kind: 'blind',
      number: authorization.calledNumber,
      isEmergency: authorization.isEmergency,
      admit: async () => {
        admission = await limits.admit(newId() as CallId, authorization);
        return admission;
      },
      dial: async (passedOn) => {
        try {
          return await dial(client, destination, { ...passedOn, admission });
        } catch (error) {
          admission?.ended(clock.now());
          throw error;
        }
      },
    };
  }
}
