import type { Brand } from '../../shared/protocol/index.ts';

/** What somebody may see of a brand who has not signed in: all but the caller IDs. */
export function publicFace(brand: Brand): Brand {
  return { ...brand, callerNumbers: [] };
}
