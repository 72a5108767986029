import { createHash } from 'node:crypto';
import type { Gateway } from '../../../shared/admin/index.ts';
import { toSipPeer } from './toSipPeer.ts';

/** Entries are values: each is looked at once. */
const known = new WeakMap<Gateway, string>();

/** A text that is another one as soon as the gateway is reached in another way. Tells no secret. */
export function reachOf(gateway: Gateway): string {
  const present = known.get(gateway);
  if (present !== undefined) return present;
  const { incoming: _, ...peer } = toSipPeer(gateway);
  const reach = createHash('sha256').update(JSON.stringify(peer)).digest('base64');
  known.set(gateway, reach);
  return reach;
}
