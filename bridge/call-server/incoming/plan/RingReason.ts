import type { NumberDraft } from '../../../../shared/admin/index.ts';
import type { CallOutcome } from '../../../../shared/domain/index.ts';
import type { ErrorCode } from '../../../../shared/errors/index.ts';

/** Why a destination came to nothing. */
export type RingReason =
  | 'noAnswer'
  | 'busy'
  /** Nobody who is there may be disturbed. */
  | 'doNotDisturb'
  | 'declined'
  /** No device is connected, or there is nobody; of a telephone: no gateway got there, or nobody may call it. */
  | 'unreachable'
  /** Outside the hours. */
  | 'closed'
  /** A telephone number that the network doesn't know. */
  | 'wrongNumber'
  /** Numbers of ours that lead to each other. */
  | 'loop';

type Otherwise = NonNullable<NumberDraft['otherwise']>['when'][number];

const otherwiseWhen: Readonly<Record<RingReason, readonly Otherwise[]>> = {
  noAnswer: ['noAnswer'],
  busy: ['busy'],
  doNotDisturb: ['busy', 'unreachable'],
  declined: ['declined'],
  unreachable: ['unreachable'],
  closed: ['closed'],
  wrongNumber: ['unreachable'],
  loop: ['unreachable'],
};

/** Whether the call goes to the second destination for this reason. */
export function movesOn(reason: RingReason, otherwise: NumberDraft['otherwise']): boolean {
  return otherwise?.when.some((when) => otherwiseWhen[reason].includes(when)) ?? false;
}

/** What the gateway hears, and how the call is recorded. */
export interface Refusal {
  readonly sipStatus: number;
  readonly q850: number;
  readonly outcome: CallOutcome;
  readonly errorCode?: ErrorCode;
}

/** RFC 3261 section 21, RFC 3398 section 8, ITU-T Q.850. */
export const refusals: Readonly<Record<RingReason, Refusal>> = {
  noAnswer: { sipStatus: 480, q850: 19, outcome: 'noAnswer' },
  busy: { sipStatus: 486, q850: 17, outcome: 'busy' },
  doNotDisturb: { sipStatus: 486, q850: 17, outcome: 'busy' },
  declined: { sipStatus: 603, q850: 21, outcome: 'declined' },
  unreachable: { sipStatus: 480, q850: 20, outcome: 'unreachable' },
  closed: { sipStatus: 480, q850: 31, outcome: 'unreachable' },
  wrongNumber: { sipStatus: 404, q850: 1, outcome: 'wrongNumber' },
  loop: { sipStatus: 482, q850: 25, outcome: 'failed' },
};

/**
 * How a group came to nothing, by how each of its members did. Somebody whom it rang and who didn't answer says more than those
 * who could not be rung; who declined speaks for the group only when nobody else was there.
 */
export function reasonOfGroup(reasons: readonly RingReason[]): RingReason {
  const order: readonly RingReason[] = ['noAnswer', 'busy', 'doNotDisturb', 'declined'];
  return order.find((reason) => reasons.includes(reason)) ?? 'unreachable';
}
