import { z } from 'zod';

/** A complete SDP (RFC 8866) with one audio line. Chromium's offer is about 2 KB; the bound keeps junk out. */
export const sdpSchema = z.string().min(10).max(20_000).startsWith('v=0');
