/**
 * Writes docs/PROTOCOL.md from the schemas in shared/protocol; with `--check` it only says whether the page is current.
 * Run by `npm run docs:protocol` and, with `--check`, by `npm run docs:check`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { errorTable, errorTextsEn } from '../shared/errors/index.ts';
import {
  type NotificationDefinition,
  protocolVersion,
  type RequestDefinition,
  requestTimeoutMs,
  topics,
} from '../shared/protocol/index.ts';

const page = new URL('../docs/PROTOCOL.md', import.meta.url);

const text = renderPage();
if (process.argv.includes('--check')) {
  const present = await readFile(page, 'utf8').catch(() => '');
  if (present !== text) {
    console.error('docs/PROTOCOL.md is not current: run `npm run docs:protocol` and commit it.');
    process.exitCode = 1;
  } else {
    console.error('docs/PROTOCOL.md is current.');
  }
} else {
  await writeFile(page, text);
  console.error('docs/PROTOCOL.md written.');
}

function renderPage(): string {
  return [
    '# The non-native protocol',
    '',
    '<!-- Generated from shared/protocol by scripts/generate-protocol-docs.ts. Do not edit. -->',
    '',
    `Version ${protocolVersion}. Messages travel over socket.io (WebSocket, or HTTP long-polling where that is blocked) at path \`/socket.io\`.`,
    '',
    '- A **request** goes from the client to the bridge with a `messageId` and an ack. The ack is `{ "ok": true, "data": … }` or',
    '  `{ "ok": false, "error": { "code", "message", "details"?, "retryAfterMs"? } }`.',
    `- Whoever sent a request waits ${requestTimeoutMs / 1000} s for its ack and may send it again with the same \`messageId\`: it is done once and acked the same.`,
    '- A **notification** goes from the bridge to the client and is not acked. Each `call:status` carries the whole state of its call,',
    '  and `session:hello` answers the present state, so nothing missed is lost.',
    '- The first request on every connection is `session:hello`; anything else before it is answered `unauthenticated`.',
    '- A message that is unknown or malformed is answered with an error and changes nothing.',
    '',
    ...Object.entries(topics).flatMap(([name, topic]) => renderTopic(name, topic)),
    '## Errors',
    '',
    '| code | HTTP | SIP | Q.850 | a retry can help | sentence |',
    '|---|---|---|---|---|---|',
    ...Object.entries(errorTable).map(
      ([code, meaning]) =>
        `| \`${code}\` | ${meaning.httpStatus} | ${meaning.sipStatus} | ${meaning.q850} | ${meaning.canRetry ? 'yes' : 'no'} | ${errorTextsEn[code as keyof typeof errorTextsEn]} |`,
    ),
    '',
  ].join('\n');
}

interface Topic {
  readonly requests: Readonly<Record<string, RequestDefinition>>;
  readonly notifications: Readonly<Record<string, NotificationDefinition>>;
}

function renderTopic(name: string, topic: Topic): string[] {
  return [
    `## Topic \`${name}\``,
    '',
    ...Object.entries(topic.requests).flatMap(([message, definition]) => [
      `### \`${message}\` (request)`,
      '',
      definition.description,
      '',
      'Payload:',
      '',
      ...renderSchema(definition.payload, 'input'),
      '',
      'Data of the ack:',
      '',
      ...renderSchema(definition.ack, 'output'),
      '',
    ]),
    ...Object.entries(topic.notifications).flatMap(([message, definition]) => [
      `### \`${message}\` (notification)`,
      '',
      definition.description,
      '',
      ...renderSchema(definition.payload, 'output'),
      '',
    ]),
  ];
}

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A table of the fields; those inside another are named by their path. */
function renderSchema(schema: z.ZodType, io: 'input' | 'output'): string[] {
  const rows = renderFields(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema, '');
  if (rows.length === 0) return ['Empty: `{}`.'];
  return ['| field | type | meaning |', '|---|---|---|', ...rows];
}

function renderFields(schema: JsonSchema, path: string): string[] {
  const inner = schema.type === 'array' ? schema.items : nonNull(schema);
  const prefix = schema.type === 'array' ? `${path}[].` : path === '' ? '' : `${path}.`;
  return Object.entries(inner?.properties ?? {}).flatMap(([name, field]) => {
    const isOptional = !inner?.required?.includes(name);
    const row = `| \`${prefix}${name}\`${isOptional ? ' (optional)' : ''} | ${renderType(field)} | ${field.description ?? ''} |`;
    return [row, ...renderFields(field, `${prefix}${name}`)];
  });
}

function nonNull(schema: JsonSchema): JsonSchema {
  return schema.anyOf?.find(({ type }) => type !== 'null') ?? schema;
}

function renderType(schema: JsonSchema): string {
  if (schema.anyOf) return schema.anyOf.map(renderType).join(' or ');
  if (schema.enum?.includes('unknownMessage')) return 'a code of the table of errors below';
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.type === 'array')
    return `list of ${renderType(schema.items ?? {})}${renderBounds(schema.minItems, schema.maxItems)}`;
  if (schema.type === 'string') return `string${renderBounds(schema.minLength, schema.maxLength)}`;
  if (schema.type === 'integer') return `integer${renderBounds(safeOnly(schema.minimum), safeOnly(schema.maximum))}`;
  return schema.type ?? 'any';
}

/** zod writes the safe integers' own limits where a schema sets none. */
function safeOnly(limit: number | undefined): number | undefined {
  return limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER ? limit : undefined;
}

function renderBounds(least: number | undefined, most: number | undefined): string {
  if (least === undefined && most === undefined) return '';
  return ` (${least ?? ''}…${most ?? ''})`;
}
