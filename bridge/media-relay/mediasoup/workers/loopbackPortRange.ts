/**
 * Where mediasoup may bind its loopback ports: outside the ports that are configured for gateways and browsers, since
 * both may be on the same address.
 */
export function loopbackPortRange(options: {
  readonly portRange: readonly [number, number];
  readonly browserPort: number;
  readonly workers: number;
}): { min: number; max: number } {
  const taken: (readonly [number, number])[] = [options.portRange];
  if (options.browserPort !== 0) taken.push([options.browserPort, options.browserPort + options.workers - 1]);
  let best = { min: 0, max: -1 };
  let min = 10_000;
  for (const [first, last] of [...taken.sort((a, b) => a[0] - b[0]), [65_536, 65_536] as const]) {
    if (first - 1 - min > best.max - best.min) best = { min, max: first - 1 };
    min = Math.max(min, last + 1);
  }
  return best.max > best.min ? best : { min: 10_000, max: 65_535 };
}
