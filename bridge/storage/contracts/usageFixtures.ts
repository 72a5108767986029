import { type CallId, callIdSchema, callServerIdSchema } from '../../../shared/domain/index.ts';
import type { UsageClaim, UsageDay, UsagePrice, UsageRequest, UsageStore } from '../ports/UsageStore.ts';

export const server = callServerIdSchema.parse('main');
export const otherServer = callServerIdSchema.parse('other');
export const hourMs = 3_600_000;
/** Some day in UTC, with the two after it. */
export const dayStart = Date.UTC(2026, 4, 4);
export const midnight = dayStart + 24 * hourMs;
export const day: UsageDay = {
  fromMs: dayStart,
  toMs: midnight,
  laterEndsMs: [midnight + 24 * hourMs, midnight + 48 * hourMs],
};
export const noon = dayStart + 12 * hourMs;

/** A minute for 0.60 in steps of 6 seconds after the first 30, and 0.10 at the answer. */
export const price: UsagePrice = {
  connectionFeeMicros: 100_000,
  microsPerMinute: 600_000,
  firstMs: 30_000,
  incrementMs: 6000,
};
/** What `price` charges at the answer: the fee and the first 30 seconds. */
export const answerMicros = 400_000;
/** What `price` charges for each step. */
export const stepMicros = 60_000;

export function id(text: string): CallId {
  return callIdSchema.parse(text);
}

export function claim(limits: UsageClaim['limits'] = {}, change: Partial<UsageClaim> = {}): UsageClaim {
  return { meterId: 'rule:us|caller:alice', day, limits, ...change };
}

export function request(
  callId: string,
  claims: readonly UsageClaim[],
  change: Partial<UsageRequest> = {},
): UsageRequest {
  return { callId: id(callId), callServerId: server, atMs: noon, claims, price: null, ...change };
}

/** A call that is admitted and answered at `atMs`, and goes on. */
export async function talk(usage: UsageStore, asked: UsageRequest): Promise<CallId> {
  const refusal = await usage.admit(asked);
  if (refusal !== null) throw new Error(`${asked.callId} was refused by ${refusal.limit}.`);
  await usage.answered(asked.callId, asked.atMs);
  return asked.callId;
}

/** Use of one meter. */
export async function readUse(usage: UsageStore, atMs: number, of: Pick<UsageClaim, 'meterId' | 'day'> = claim()) {
  const [use] = await usage.read([of], atMs);
  if (use === undefined) throw new Error('A meter that was asked for has no answer.');
  return use;
}
