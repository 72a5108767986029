import { z } from 'zod';
import { configSchema } from './configSchema.ts';

export type ValueKind = 'text' | 'number' | 'boolean' | 'json';

/** One key of the configuration that is set as a whole. */
export interface ConfigKey {
  readonly path: readonly string[];
  /** Name of the environment variable that overrides it. */
  readonly environmentName: string;
  /** How that variable's text is read. */
  readonly kind: ValueKind;
  readonly isNullable: boolean;
  /** Allowed words, where it is one of a few. */
  readonly choices: readonly string[] | null;
  /** Value when the key is absent; `undefined` when there is none. */
  readonly defaultValue: unknown;
  readonly description: string;
}

/** All keys in the order of the schema. */
export function listConfigKeys(): readonly ConfigKey[] {
  return walk(configSchema, []);
}

/** Names allowed at a place of the configuration, for suggestions; empty where it is no object. */
export function knownNamesAt(path: readonly PropertyKey[]): readonly string[] {
  let schema: z.core.$ZodType = configSchema;
  for (const step of path) {
    const here = unwrap(schema).inner;
    if (here instanceof z.ZodObject) schema = here.shape[String(step)] ?? z.never();
    else if (here instanceof z.ZodArray) schema = here.element;
    else return [];
  }
  const found = unwrap(schema).inner;
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

function walk(schema: z.core.$ZodType, path: readonly string[]): readonly ConfigKey[] {
  const { inner, isNullable, defaultValue } = unwrap(schema);
  if (inner instanceof z.ZodObject) {
    return Object.entries<z.core.$ZodType>(inner.shape).flatMap(([name, child]) => walk(child, [...path, name]));
  }
  return [
    {
      path,
      environmentName: environmentName(path),
      kind: kindOf(inner),
      isNullable,
      choices: inner instanceof z.ZodEnum ? inner.options.map(String) : null,
      defaultValue,
      description: z.globalRegistry.get(schema)?.description ?? '',
    },
  ];
}

interface Unwrapped {
  readonly inner: z.core.$ZodType;
  readonly isNullable: boolean;
  readonly defaultValue: unknown;
}

function unwrap(schema: z.core.$ZodType, isNullable = false, defaultValue?: unknown): Unwrapped {
  if (schema instanceof z.ZodDefault) return unwrap(schema.def.innerType, isNullable, schema.def.defaultValue);
  if (schema instanceof z.ZodNullable) return unwrap(schema.def.innerType, true, defaultValue);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault) {
    return unwrap(schema.def.innerType, isNullable, defaultValue);
  }
  return { inner: schema, isNullable, defaultValue };
}

function kindOf(schema: z.core.$ZodType): ValueKind {
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodArray || schema instanceof z.ZodTuple || schema instanceof z.ZodUnion) return 'json';
  return 'text';
}

/** `http.publicUrl` -> `DIALBRIDGE_HTTP_PUBLIC_URL`. */
function environmentName(path: readonly string[]): string {
  const words = path.map((name) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase());
  return ['DIALBRIDGE', ...words].join('_');
}
