import { z } from 'zod';

/** The audio codecs that a browser and a gateway can share (RFC 7874; G722 where the browser has it). */
export const codecNameSchema = z.enum(['opus', 'G722', 'PCMA', 'PCMU']);
export type CodecName = z.infer<typeof codecNameSchema>;

/** The order in which codecs are offered to a gateway that has no order of its own. */
export const defaultCodecOrder: readonly CodecName[] = ['opus', 'G722', 'PCMA', 'PCMU'];
