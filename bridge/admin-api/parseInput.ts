import type { z } from 'zod';
import { parsePart } from './endpoints/index.ts';

/** Parses what arrived. @throws DialbridgeError `badRequest` that names the place and what was expected */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  return parsePart(schema, input, 'badRequest');
}
