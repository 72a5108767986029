import type { SrvRecord } from './SipDns.ts';

/**
 * SRV records in the order of trying (RFC 2782): by priority, and within one by lot, in proportion to the weights; those of
 * weight zero mostly last. `random` gives [0, 1).
 */
export function orderTargets(records: readonly SrvRecord[], random: () => number): readonly SrvRecord[] {
  const priorities = [...new Set(records.map(({ priority }) => priority))].sort((one, other) => one - other);
  return priorities.flatMap((priority) =>
    drawAll(
      records.filter((record) => record.priority === priority),
      random,
    ),
  );
}

function drawAll(records: readonly SrvRecord[], random: () => number): SrvRecord[] {
  // Zero weights stand first, so that they are drawn only by a lot of zero.
  const left = [...records].sort((one, other) => Math.sign(one.weight) - Math.sign(other.weight));
  const drawn: SrvRecord[] = [];
  while (left.length > 0) {
    const sum = left.reduce((total, { weight }) => total + weight, 0);
    const lot = Math.floor(random() * (sum + 1));
    let running = 0;
    const index = left.findIndex(({ weight }) => {
      running += weight;
      return running >= lot;
    });
    drawn.push(...left.splice(index, 1));
  }
  return drawn;
}
