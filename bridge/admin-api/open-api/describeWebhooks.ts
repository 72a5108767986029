import { webhookBodySchema, webhookEventTypeSchema } from '../../../shared/admin/index.ts';
import type { SchemaBook } from './SchemaBook.ts';

const headers = {
  'Dialbridge-Signature':
    '`t=<unix seconds>,v1=<hex>`: HMAC with SHA-256 of `<t>.<body>`; a `v1` for each secret that counts. Refuse what is older than five minutes.',
  'Dialbridge-Event-Id': 'As `id` in the body',
  'Dialbridge-Attempt': '1 for the first try',
} as const;

/** What the bridge asks of others (OpenAPI 3.1, `webhooks`), by the schemas of what it sends. */
export function describeWebhooks(schemas: SchemaBook): Readonly<Record<string, unknown>> {
  const all = webhookEventTypeSchema.options.map((type) => {
    const schema = schemas.refer('answer', webhookBodySchema(type), `${nameOf(type)}Event`);
    const post = {
      operationId: `receive${nameOf(type)}`,
      summary: `Is told of \`${type}\``,
      parameters: Object.entries(headers).map(([name, description]) => ({
        ...{ name, in: 'header', required: true, description, schema: { type: 'string' } },
      })),
      requestBody: { required: true, content: { 'application/json': { schema } } },
      responses: {
        '2XX': { description: 'Taken, whatever the body says' },
        '410': { description: 'No more events are wanted: the webhook is switched off' },
        default: { description: 'It is tried again later' },
      },
    };
    return [type, { post }] as const;
  });
  return Object.fromEntries(all);
}

/** `call.started` -> `CallStarted`. */
function nameOf(type: string): string {
  return type.replaceAll(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
