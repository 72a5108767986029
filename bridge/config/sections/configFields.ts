import { isIP } from 'node:net';
import { z } from 'zod';

export const port = z.number().int().min(0).max(65535);
export const durationMs = z.number().int().min(1).max(2_147_483_647);
export const ipAddress = z.string().refine((text) => isIP(text) !== 0, 'expected an IPv4 or IPv6 address');
export const hostName = z.string().min(1).max(253);
