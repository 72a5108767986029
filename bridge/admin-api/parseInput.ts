import type { z } from 'zod';
import { DialbridgeError } from '../../shared/errors/index.ts';

/** Parses what arrived. @throws DialbridgeError `badRequest` that names the place and what was expected */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.map(String).join('.') ?? '';
  const detail = `${place === '' ? '' : `${place}: `}${issue?.message ?? 'not as expected'}`;
  throw new DialbridgeError('badRequest', { details: { detail: detail.slice(0, 200) }, cause: parsed.error });
}
