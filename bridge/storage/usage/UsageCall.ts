import type { UsageDay, UsageRequest } from '../ports/UsageStore.ts';
import { costBefore, costOfAnswer } from './callCost.ts';
import type { Slice } from './UseSlices.ts';
import { piecesOf, type Span } from './usageDay.ts';

/** A running, answered call: what it used until some moment is in the slices of its meters, the rest is reckoned when it is asked for. */
export interface TalkingCall {
  readonly answeredAtMs: number;
  readonly talkBookedToMs: number;
  /** After the answer: its charge is due whenever the call ends. */
  readonly costBookedToMs: number;
}

/** A running call. */
export class UsageCall {
  readonly request: UsageRequest;
  readonly #answerMicros: number;
  #talking: TalkingCall | null = null;

  constructor(request: UsageRequest) {
    this.request = request;
    this.#answerMicros = costOfAnswer(request.price);
  }

  /** Null until the answer. */
  get talking(): TalkingCall | null {
    return this.#talking;
  }

  /** What it will cost at its answer at least, until it is answered. */
  get reservedMicros(): number {
    return this.#talking === null ? this.#answerMicros : 0;
  }

  answer(atMs: number): void {
    this.#talking = { answeredAtMs: atMs, talkBookedToMs: atMs, costBookedToMs: atMs };
  }

  /** What it talked on this day until `atMs` beyond what is booked. */
  unbookedTalk(day: Span, atMs: number): number {
    if (this.#talking === null) return 0;
    return Math.max(0, Math.min(atMs, day.toMs) - Math.max(this.#talking.talkBookedToMs, day.fromMs));
  }

  /** What it was charged on this day until `atMs` beyond what is booked, with its answer. */
  unbookedCost(day: Span, atMs: number): number {
    if (this.#talking === null || this.request.price === null) return 0;
    const { answeredAtMs, costBookedToMs } = this.#talking;
    const toMs = Math.min(Math.max(atMs, answeredAtMs + 1), day.toMs);
    return Math.max(0, this.#cost(Math.max(costBookedToMs, day.fromMs), toMs));
  }

  /** What a meter with these days must add so that the call is booked to `toMs`; it takes back where more was booked. */
  *slicesTo(toMs: number, day: UsageDay): Generator<Slice> {
    if (this.#talking === null) return;
    const { talkBookedToMs, costBookedToMs } = this.#talking;
    const after = bookedTo(this.#talking, toMs);
    for (const { sliceFromMs, sign, ...piece } of signedPieces(talkBookedToMs, after.talkBookedToMs, day)) {
      yield { fromMs: sliceFromMs, talkMs: sign * (piece.toMs - piece.fromMs), costMicros: 0 };
    }
    if (this.request.price === null) return;
    for (const { sliceFromMs, sign, ...piece } of signedPieces(costBookedToMs, after.costBookedToMs, day)) {
      yield { fromMs: sliceFromMs, talkMs: 0, costMicros: sign * this.#cost(piece.fromMs, piece.toMs) };
    }
  }

  /** Once every meter has added it. */
  markBooked(toMs: number): void {
    if (this.#talking !== null) this.#talking = bookedTo(this.#talking, toMs);
  }

  #cost(fromMs: number, toMs: number): number {
    const { price } = this.request;
    if (price === null || this.#talking === null) return 0;
    const { answeredAtMs } = this.#talking;
    return costBefore(price, answeredAtMs, toMs) - costBefore(price, answeredAtMs, fromMs);
  }
}

function bookedTo(call: TalkingCall, toMs: number): TalkingCall {
  const { answeredAtMs } = call;
  return {
    answeredAtMs,
    talkBookedToMs: Math.max(toMs, answeredAtMs),
    costBookedToMs: Math.max(toMs, answeredAtMs + 1),
  };
}

function* signedPieces(fromMs: number, toMs: number, day: UsageDay) {
  const sign = toMs < fromMs ? -1 : 1;
  const span = { fromMs: Math.min(fromMs, toMs), toMs: Math.max(fromMs, toMs) };
  for (const piece of piecesOf(span, day)) yield { ...piece, sign };
}
