import type { CallId } from '../../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import type { RequestPayload } from '../../../../shared/protocol/index.ts';
import type { CallClient } from '../../CallServer.ts';
import type { BlindTarget, CallHandler, PassedDial } from '../../call-handler/index.ts';
import type { CallAuthorizer } from '../CallAuthorizer.ts';
import type { CallLimits } from '../limits/index.ts';

export interface TransferDeskDeps {
  readonly authorizer: Pick<CallAuthorizer, 'authorize'>;
  readonly limits: Pick<CallLimits, 'admit'>;
  readonly newId: () => string;
  /** @throws DialbridgeError `callNotFound` */
  readonly handler: (client: CallClient, callId: CallId) => CallHandler;
  /** Dials in the name of this person, without them. @throws DialbridgeError */
  readonly dial: (client: CallClient, destination: string, passedOn: PassedDial) => ReturnType<BlindTarget['dial']>;
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
    const { authorizer, limits, newId, dial } = this.#deps;
    const authorization = await authorizer.authorize({ client, destination });
    return {
      kind: 'blind',
      number: authorization.calledNumber,
      isEmergency: authorization.isEmergency,
      admit: () => limits.admit(newId() as CallId, authorization),
      dial: (passedOn) => dial(client, destination, passedOn),
    };
  }
}
