import { z } from 'zod';

/** Digits that a telephone can send as events 0 to 15 (RFC 4733 section 3.2). */
export const dtmfDigitsSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[0-9A-D*#]+$/, 'expected digits 0-9, *, # or A-D');

/** RFC 4733 section 3.2: the event code of each digit is its place in this text. */
export const dtmfEventOrder = '0123456789*#ABCD';
