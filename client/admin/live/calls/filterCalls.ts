import type { LiveCall } from '../../../../shared/admin/index.ts';

/** Which calls are shown; null and empty: whichever. */
export interface CallFilter {
  readonly text: string;
  readonly stage: CallStage | null;
  readonly brandId: string | null;
  readonly gatewayId: string | null;
}

export const callStages = ['beginning', 'talking', 'ending'] as const;
export type CallStage = (typeof callStages)[number];

/** What an operator tells calls apart by. */
export function stageOf({ state, answeredAtMs }: Pick<LiveCall, 'state' | 'answeredAtMs'>): CallStage {
  if (state === 'disconnecting' || state === 'ended') return 'ending';
  return answeredAtMs === null ? 'beginning' : 'talking';
}

export function filterCalls(calls: readonly LiveCall[], filter: CallFilter): readonly LiveCall[] {
  const { stage, brandId, gatewayId } = filter;
  const text = fold(filter.text);
  const digits = filter.text.replace(/[^\d+]/g, '');
  const isMeant = (call: LiveCall) =>
    text === '' ||
    [call.userName, call.gatewayId, call.callId].some((word) => word !== null && fold(word).includes(text)) ||
    (digits.length > 1 && numbersOf(call).some((number) => number.includes(digits)));
  return calls.filter(
    (call) =>
      (stage === null || stageOf(call) === stage) &&
      (brandId === null || call.brandId === brandId) &&
      (gatewayId === null || call.gatewayId === gatewayId) &&
      isMeant(call),
  );
}

/** Of both parties. */
export function numbersOf({ callingNumber, calledNumber, transferredTo }: LiveCall): readonly string[] {
  return [callingNumber, calledNumber, transferredTo].filter((number) => number !== null);
}

/** The worst of its directions, as a mean opinion score; null: not known. */
export function worstMos({ mos }: Pick<LiveCall, 'mos'>): number | null {
  const scores = Object.values(mos ?? {}).filter((score) => score !== null);
  return scores.length === 0 ? null : Math.min(...scores);
}

function fold(text: string): string {
  return text.trim().toLocaleLowerCase();
}
