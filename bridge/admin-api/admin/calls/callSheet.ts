import type { CallRecordView } from '../../../../shared/admin/index.ts';

type Cell = string | number | null;

/** The columns of a CSV file (RFC 4180), by name. Times are UTC (RFC 3339), durations whole seconds but for the post-dial delay. */
const columns: Readonly<Record<string, (call: CallRecordView) => Cell>> = {
  callId: (call) => call.callId,
  direction: (call) => call.direction,
  requestedAt: (call) => utc(call.requestedAtMs),
  answeredAt: (call) => utc(call.answeredAtMs),
  endedAt: (call) => utc(call.endedAtMs),
  talkSeconds: (call) => (call.talkMs === null ? null : Math.round(call.talkMs / 1000)),
  callingNumber: (call) => call.callingNumber,
  callingName: (call) => call.callingName,
  calledNumber: (call) => call.calledNumber,
  calledName: (call) => call.calledName,
  forwardedTo: (call) => call.forwardedTo,
  transferredTo: (call) => call.transferredTo,
  outcome: (call) => call.outcome,
  disconnectedBy: (call) => call.disconnectedBy,
  sipStatus: (call) => call.sipStatus,
  q850: (call) => call.q850,
  errorCode: (call) => call.errorCode,
  cost: (call) => (call.costMicros === null ? null : call.costMicros / 1_000_000),
  isAnonymous: (call) => String(call.isAnonymous),
  postDialDelayMs: (call) => (call.postDialDelayMs === null ? null : Math.round(call.postDialDelayMs)),
  userName: (call) => call.userName,
  userId: (call) => call.userId,
  brandId: (call) => call.brandId,
  gatewayId: (call) => call.gatewayId,
  codec: (call) => call.codec,
  mediaWay: (call) => call.mediaWay,
  callServerId: (call) => call.callServerId,
};

/** A CSV file in UTF-8, with its line of names, as the calls come. */
export async function* writeCsv(pages: AsyncIterable<readonly CallRecordView[]>): AsyncGenerator<string> {
  const cells = Object.values(columns);
  let isFirst = true;
  for await (const calls of pages) {
    const lines = calls.map((call) => lineOf(cells.map((cell) => cell(call))));
    yield (isFirst ? lineOf(Object.keys(columns)) : '') + lines.join('');
    isFirst = false;
  }
}

/** One JSON object a line (JSON Lines). */
export async function* writeJsonLines(pages: AsyncIterable<readonly CallRecordView[]>): AsyncGenerator<string> {
  for await (const calls of pages) yield calls.map((call) => `${JSON.stringify(call)}\n`).join('');
}

function lineOf(cells: readonly Cell[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

/** Names come from outside: a program for sheets would run one that begins like a formula. Numbers (`+49...`) are none. */
function quoted(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  const harmless = /^[=@\t\r]|^[+-](?![\dx]*$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function utc(timeMs: number | null): string | null {
  return timeMs === null ? null : new Date(timeMs).toISOString();
}
