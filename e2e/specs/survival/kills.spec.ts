import { expect, test } from '@playwright/test';
import { randomFrom } from '../../fixtures/randomFrom.ts';
import { KilledBridge } from '../../kills/KilledBridge.ts';

/** The same 200 times, at random moments: `npm run bench -- kills`. */
const moments = [
  { afterMs: 100, of: 'calls' },
  { afterMs: 700, of: 'calls' },
  { afterMs: 300, of: 'start' },
  { afterMs: 1100, of: 'calls' },
  { afterMs: 900, of: 'start' },
] as const;

test('a bridge that is killed under calls has every acknowledged record once, none open, and tells of each call once', async () => {
  test.slow();
  const seed = Date.now();
  const setting = await KilledBridge.start(randomFrom(seed));
  try {
    const events: string[] = [];
    let [acknowledged, interrupted] = [0, 0];
    for (const moment of moments) {
      const found = await setting.killAt(moment);
      expect(found.wrongs, `${JSON.stringify(moment)}, seed ${seed}`).toEqual([]);
      events.push(...found.events);
      acknowledged += found.acknowledged;
      interrupted += found.interrupted;
    }
    expect(acknowledged).toBeGreaterThan(10);
    expect(interrupted).toBeGreaterThan(5);
    expect(await setting.neverReceived(events)).toEqual([]);
  } finally {
    await setting.close();
  }
});
