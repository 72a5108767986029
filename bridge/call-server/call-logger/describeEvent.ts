import type { CallEventRecord } from '../../storage/index.ts';

/** Details that may stand in a log: names of ours and codes. Everything else of an event is in the database only. */
const loggedTexts: ReadonlySet<string> = new Set([
  'gatewayId',
  'ruleId',
  'ratePrefix',
  'code',
  'limit',
  'kind',
  'outcome',
  'by',
  'codec',
]);

/** Events that come often, or say little to an operator. */
const noise: ReadonlySet<string> = new Set(['candidatesFound', 'progressed', 'muted', 'unmuted', 'dtmfSent']);

export function isNoise(type: string): boolean {
  return noise.has(type);
}

/** The fields of an event's line in the log. */
export function describeEvent(event: CallEventRecord): Record<string, unknown> {
  const fields: Record<string, unknown> = { callId: event.callId };
  if (event.state !== null) fields.state = event.state;
  for (const [name, value] of Object.entries(event.detail)) {
    if (typeof value === 'number' || typeof value === 'boolean' || loggedTexts.has(name)) fields[name] = value;
  }
  return fields;
}
