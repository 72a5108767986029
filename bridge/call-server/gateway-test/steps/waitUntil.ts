import type { Clock } from '../../../observability/index.ts';

/** Looks again and again, until it is so (true), the time is over or the test is called off. */
export async function waitUntil(
  deps: { readonly clock: Clock; readonly signal: AbortSignal },
  options: { readonly timeoutMs: number; readonly everyMs: number },
  isSo: () => boolean | Promise<boolean>,
): Promise<boolean> {
  const endMs = deps.clock.now() + options.timeoutMs;
  for (;;) {
    if (await isSo()) return true;
    const leftMs = endMs - deps.clock.now();
    if (leftMs <= 0 || deps.signal.aborted) return false;
    await new Promise<void>((resolve) => deps.clock.setTimeout(resolve, Math.min(options.everyMs, leftMs)));
  }
}
