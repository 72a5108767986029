import {
  type CallRecordView,
  callRecordViewSchema,
  type WebhookDelivery,
  webhookDeliverySchema,
} from '../../shared/admin/index.ts';
import type { RestClient } from '../fixtures/RestClient.ts';
import { waitUntil } from '../sip-peer/index.ts';
import type { ToldCall, ToldCalls } from './ToldCalls.ts';

export interface Comparison {
  /** Calls whose record was acknowledged. */
  readonly acknowledged: number;
  /** Records that are closed as interrupted. */
  readonly interrupted: number;
  /** Calls that began so shortly before the kill that they have no record, and how long before it the first of them did, in ms. */
  readonly tooYoung: number;
  readonly oldestOfThemMs: number;
  /** Calls whose end was told and not yet acknowledged, and that are closed as interrupted. */
  readonly endedInVain: number;
  /** Ids of what is kept for receivers of webhooks. */
  readonly events: readonly string[];
  /** What is missing, doubled, open or otherwise than it was told, in words. */
  readonly wrongs: readonly string[];
}

/** Compares what is there after a start with what was told before the kill. `sinceMs`, `killedAtMs`: of that run, in ms since the epoch. */
export async function compareWithTold(
  rest: RestClient,
  told: ToldCalls,
  { sinceMs, killedAtMs }: { readonly sinceMs: number; readonly killedAtMs: number },
): Promise<Comparison> {
  const records = await recordsSince(rest, sinceMs);
  const calls = [...told.byId.values()];
  // Records are opened in the order in which calls are asked for: what was taken before this one was asked for is there, too.
  const kept = calls.filter(({ callId, isDialled }) => isDialled && records.has(callId));
  const lastKeptAtMs = Math.max(0, ...kept.map(({ atMs }) => atMs));
  const wrongs = calls.flatMap((call) => wrongsOf(call, records.get(call.callId) ?? [], lastKeptAtMs));
  const unknown = [...records.keys()].filter((callId) => !told.byId.has(callId));
  const known = unknown.filter((callId) => records.get(callId)?.[0]?.direction !== 'incoming');
  if (known.length > 0 || unknown.length > told.sentByGateways) wrongs.push(`${unknown} were made by nobody`);
  for (const [callId, [record]] of records) if (record?.endedAtMs === null) wrongs.push(`${callId} is open`);
  const interrupted = [...records.values()].filter(([record]) => record?.outcome === 'interrupted').length;
  const young = calls.filter(({ callId, takenAtMs }) => takenAtMs !== null && !records.has(callId));
  const events = await eventsOf(rest, { sinceMs, records });
  return {
    acknowledged: calls.filter(({ isAcknowledged }) => isAcknowledged).length,
    interrupted,
    tooYoung: young.length,
    oldestOfThemMs: Math.max(0, ...young.map(({ atMs }) => killedAtMs - atMs)),
    endedInVain: calls.filter((call) => endedInVain(call, records.get(call.callId)?.[0])).length,
    events: events.ids,
    wrongs: [...wrongs, ...events.wrongs],
  };
}

function endedInVain({ outcome, isAcknowledged }: ToldCall, record: CallRecordView | undefined): boolean {
  return outcome !== null && !isAcknowledged && record?.outcome === 'interrupted';
}

function wrongsOf(call: ToldCall, records: readonly CallRecordView[], lastKeptAtMs: number): string[] {
  const { callId, outcome, isAcknowledged, takenAtMs, isLeftUp } = call;
  const wrong = (what: string) => [`${callId} ${what}: ${JSON.stringify({ call, lastKeptAtMs, records })}`];
  const [record] = records;
  if (record === undefined) {
    if (isAcknowledged) return wrong('was acknowledged and is not there');
    return takenAtMs !== null && takenAtMs < lastKeptAtMs ? wrong('is not there, and a later one is') : [];
  }
  if (records.length > 1) return wrong('is there more than once');
  if (isAcknowledged && record.outcome !== outcome) return wrong('is otherwise than it was acknowledged');
  if (isLeftUp && record.outcome !== 'interrupted') return wrong('was up and is not interrupted');
  // Told and not yet acknowledged: its end was on the way to the disk.
  const isOneOf = record.outcome === outcome || record.outcome === 'interrupted';
  return outcome !== null && !isOneOf ? wrong('is otherwise than it was told') : [];
}

async function recordsSince(
  rest: RestClient,
  sinceMs: number,
): Promise<ReadonlyMap<string, readonly CallRecordView[]>> {
  const records: CallRecordView[] = [];
  for await (const item of itemsOf(rest, `/admin/calls?fromMs=${sinceMs}`))
    records.push(callRecordViewSchema.parse(item));
  return Map.groupBy(records, ({ callId }): string => callId);
}

/** Of each call its beginning, its answer where it had one, and its end as its record has it. */
async function eventsOf(
  rest: RestClient,
  { sinceMs, records }: { readonly sinceMs: number; readonly records: ReadonlyMap<string, readonly CallRecordView[]> },
): Promise<{ readonly ids: readonly string[]; readonly wrongs: readonly string[] }> {
  let ids: readonly string[] = [];
  let wrongs: readonly string[] = [];
  // The ends of what was interrupted are told after the start.
  await waitUntil(
    'the events of all calls',
    async () => {
      const deliveries = await deliveriesSince(rest, sinceMs);
      ids = deliveries.map(({ eventId }) => eventId);
      const ofCalls = Map.groupBy(deliveries, (delivery): string => bodyOf(delivery).data.callId);
      wrongs = [
        ...[...records].flatMap(([callId, [record]]) => wrongEvents(record, ofCalls.get(callId) ?? [])),
        ...[...ofCalls.keys()].filter((id) => !records.has(id)).map((id) => `${id} has events and no record`),
      ];
      return wrongs.length === 0;
    },
    5000,
  ).catch(() => {});
  return { ids, wrongs };
}

function wrongEvents(record: CallRecordView | undefined, deliveries: readonly WebhookDelivery[]): string[] {
  if (record === undefined) return [];
  const isMissed = record.direction === 'incoming' && record.answeredAtMs === null;
  const wanted = [
    'call.started',
    ...(record.answeredAtMs === null ? [] : ['call.answered']),
    'call.ended',
    ...(isMissed ? ['call.missed'] : []),
  ].join();
  // The newest comes first.
  const types = deliveries.map(({ eventType }) => eventType).toReversed();
  const told = { outcome: deliveries.map((one) => bodyOf(one).data.outcome).find((outcome) => outcome !== undefined) };
  if (types.join() !== wanted) return [`${record.callId} (${record.outcome}): ${types} instead of ${wanted}`];
  return told.outcome === record.outcome
    ? []
    : [`${record.callId}: ${told.outcome} was sent, ${record.outcome} is kept`];
}

function bodyOf({ body }: WebhookDelivery): { data: { callId: string; outcome?: string } } {
  return JSON.parse(body);
}

async function deliveriesSince(rest: RestClient, sinceMs: number): Promise<WebhookDelivery[]> {
  const found: WebhookDelivery[] = [];
  for await (const item of itemsOf(rest, '/admin/webhook-deliveries?')) {
    const delivery = webhookDeliverySchema.parse(item);
    if (delivery.createdAtMs < sinceMs) break;
    if (delivery.eventType.startsWith('call.')) found.push(delivery);
  }
  return found;
}

async function* itemsOf(rest: RestClient, path: string): AsyncGenerator<unknown> {
  let cursor: string | null = '';
  while (cursor !== null) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { status, body } = await rest.get(`${path}&limit=500${from}`);
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${JSON.stringify(body)}`);
    const { items, nextCursor } = body as { items: readonly unknown[]; nextCursor: string | null };
    yield* items;
    cursor = nextCursor;
  }
}
