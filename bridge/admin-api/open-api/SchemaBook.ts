import { z } from 'zod';
import { answerNames, bodyNames } from './schemaNames.ts';

export type JsonSchema = Record<string, unknown>;
export interface SchemaReference {
  readonly $ref: string;
}

/**
 * Collects the schemas of the API, each once and under a name, and writes them as JSON Schema 2020-12, which is what OpenAPI 3.1
 * takes. What is sent and what is answered differ: a value that has a default may be left out in the one and is there in the other.
 */
export class SchemaBook {
  readonly #books = {
    body: new Book('input', bodyNames),
    answer: new Book('output', answerNames),
  };

  /** `name`: for a schema that has no name of its own. */
  refer(kind: 'body' | 'answer', schema: z.ZodType, name: string): SchemaReference {
    return { $ref: uriOf(this.#books[kind].add(schema, name)) };
  }

  /** @throws TypeError when two schemas have one name */
  write(): Record<string, JsonSchema> {
    const bodies = this.#books.body.write();
    const answers = this.#books.answer.write();
    const twice = Object.keys(bodies).find((name) => name in answers);
    if (twice !== undefined) throw new TypeError(`Two schemas are named ${twice}.`);
    return Object.fromEntries(Object.entries({ ...bodies, ...answers }).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** One schema alone, as for the parameters of a query: what may be sent. */
export function writeInputSchema(schema: z.ZodType): JsonSchema {
  return tidy(z.toJSONSchema(schema, { io: 'input', override: trim }));
}

class Book {
  readonly #io: 'input' | 'output';
  readonly #registry = z.registry<{ id: string }>();
  readonly #schemas = new Map<string, z.ZodType>();
  readonly #known: ReadonlyMap<z.ZodType, string>;

  constructor(io: 'input' | 'output', known: ReadonlyMap<z.ZodType, string>) {
    this.#io = io;
    this.#known = known;
    for (const [schema, name] of known) this.add(schema, name);
  }

  add(schema: z.ZodType, name: string): string {
    const id = this.#known.get(schema) ?? this.#registry.get(schema)?.id ?? name;
    const present = this.#schemas.get(id);
    if (present !== undefined && present !== schema) throw new TypeError(`Two schemas are named ${id}.`);
    if (present === undefined) {
      this.#schemas.set(id, schema);
      this.#registry.add(schema, { id });
    }
    return id;
  }

  write(): Record<string, JsonSchema> {
    const io = this.#io;
    const { schemas } = z.toJSONSchema(this.#registry, { io, uri: uriOf, override: trim });
    return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, tidy(schema)]));
  }
}

function uriOf(name: string): string {
  return `#/components/schemas/${name}`;
}

/** Their place in the document says what they are. */
function tidy({ $schema: _schema, $id: _id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** Without what only says that numbers are JavaScript's, and without forbidding what a later version may add to an answer. */
function trim({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: JsonSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  const isStrict = zodSchema._zod.def.type === 'object' && zodSchema._zod.def.catchall?._zod.def.type === 'never';
  if (jsonSchema.additionalProperties === false && !isStrict) delete jsonSchema.additionalProperties;
}
