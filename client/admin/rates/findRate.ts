import type { Rate } from '../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { AdminApi } from '../api/index.ts';

/**
 * The rate that counts for a number in E.164: that of the longest prefix. Asks for each prefix that the number has (there are
 * at most sixteen), so that it takes as long in a table of a hundred thousand as in a small one.
 */
export async function findRate(api: Pick<AdminApi, 'get'>, e164: string): Promise<Rate | null> {
  const prefixes = Array.from({ length: e164.length }, (_, cut) => e164.slice(0, e164.length - cut));
  const found = await Promise.all(prefixes.map((prefix) => getIfThere(api, prefix)));
  return found.find((rate) => rate !== null) ?? null;
}

async function getIfThere(api: Pick<AdminApi, 'get'>, prefix: string): Promise<Rate | null> {
  try {
    return await api.get('rates', prefix);
  } catch (error) {
    if (error instanceof DialbridgeError && error.code === 'notFound') return null;
    throw error;
  }
}
