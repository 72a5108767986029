import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../observability/FakeClock.ts';
import { accessTtlMs, openDoors, SharedStore } from '../testing/openDoors.ts';

describe('KeyRing', () => {
  let clock: FakeClock;
  let store: SharedStore;
  let doors: Awaited<ReturnType<typeof openDoors>>;
  beforeEach(async () => {
    clock = new FakeClock();
    store = new SharedStore();
    doors = await openDoors({ clock, store });
  });
  afterEach(() => doors.close());

  it('begins with the secret of before there was a ring, also for tokens that name no key', () => {
    const { current } = doors.keyRing;
    expect(current).toMatchObject({ id: 'initial', secret: store.firstSecret, retiresAtMs: null });
    expect(doors.keyRing.get(undefined)).toBe(current);
    expect(doors.keyRing.get('unknown')).toBeUndefined();
  });

  it('signs by a new key as soon as every process has read it', async () => {
    await doors.keyRing.rotate();
    expect(doors.keyRing.list().map(({ state }) => state)).toEqual(['current', 'retiring']);
    await clock.advanceAsync(1999);
    expect(doors.keyRing.current.id).toBe('initial');
    await clock.advanceAsync(1);
    expect(doors.keyRing.current.id).not.toBe('initial');
    expect(doors.keyRing.current.secret).not.toBe(store.firstSecret);
  });

  it('keeps an old key until the last token that it signed has run out, then forgets it', async () => {
    await doors.keyRing.rotate();
    const lastSignedAtMs = clock.now() + 1999;
    const [, retiring] = doors.keyRing.list();
    expect(retiring?.retiresAtMs).toBeGreaterThan(lastSignedAtMs + accessTtlMs + 1000);
    await clock.advanceAsync((retiring?.retiresAtMs ?? 0) - clock.now() - 1);
    expect(doors.keyRing.get('initial')).toBeDefined();
    clock.advance(1);
    expect(doors.keyRing.get('initial')).toBeUndefined();
    await clock.advanceAsync(60_000);
    expect(await store.tokenKeys.get('initial')).toBeUndefined();
    expect(doors.keyRing.list()).toHaveLength(1);
  });

  it('stays whole when it is rotated twice at once, in two processes', async () => {
    const other = await openDoors({ clock, store });
    await Promise.all([doors.keyRing.rotate(), other.keyRing.rotate()]);
    await clock.advanceAsync(3000);
    expect(doors.keyRing.list().map(({ state }) => state)).toEqual(['current', 'retiring', 'retiring']);
    expect(doors.keyRing.current).toMatchObject({ retiresAtMs: null });
    expect(doors.keyRing.current.id).toBe(other.keyRing.current.id);
    other.close();
  });

  it('does not bring the first key back at the next start', async () => {
    await doors.keyRing.rotate();
    await clock.advanceAsync(accessTtlMs + 10_000);
    const restarted = await openDoors({ clock, store });
    expect(restarted.keyRing.get('initial')).toBeUndefined();
    restarted.close();
  });
});
