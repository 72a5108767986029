import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useLive } from './useLive.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** Gives 1, 2, 3, ... or what it is told to. */
function counting(answer: (times: number) => unknown = (times) => times) {
  const read = vi.fn(async () => answer(read.mock.calls.length) as number);
  return read;
}
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const see = (state: 'visible' | 'hidden') => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
};

it('reads at once, and again after each while', async () => {
  const read = counting();
  const { result } = renderHook(() => useLive({ key: 'a', read, everyMs: 2000 }));
  await pass(0);
  expect(result.current.value).toBe(1);
  await pass(1999);
  expect(result.current.value).toBe(1);
  await pass(1);
  expect(result.current.value).toBe(2);
});

it('asks nothing while the page is out of sight, and at once when it is back', async () => {
  const read = counting();
  renderHook(() => useLive({ key: 'a', read, everyMs: 2000 }));
  await pass(0);
  see('hidden');
  await pass(10_000);
  expect(read).toHaveBeenCalledTimes(1);
  see('visible');
  await pass(0);
  expect(read).toHaveBeenCalledTimes(2);
});

it('keeps what it had while it can’t be read, says so, and tries again', async () => {
  const read = counting((times) => (times === 2 ? Promise.reject(new Error('gone')) : times));
  const { result } = renderHook(() => useLive({ key: 'a', read, everyMs: 2000 }));
  await pass(2000);
  expect(result.current).toMatchObject({ value: 1, error: new Error('gone') });
  await pass(2000);
  expect(result.current).toMatchObject({ value: 3, error: null });
});

it('ends with a final value, and begins anew for another key', async () => {
  const read = counting();
  const isFinal = (value: number) => value === 2;
  const { result, rerender } = renderHook(({ key }) => useLive({ key, read, everyMs: 100, isFinal }), {
    initialProps: { key: 'a' },
  });
  await pass(1000);
  expect(read).toHaveBeenCalledTimes(2);
  rerender({ key: 'b' });
  expect(result.current.value).toBeNull();
  await pass(0);
  expect(result.current.value).toBe(3);
});

it('reads nothing any more once it is gone', async () => {
  const read = counting();
  const { unmount } = renderHook(() => useLive({ key: 'a', read, everyMs: 100 }));
  await pass(0);
  unmount();
  await pass(1000);
  expect(read).toHaveBeenCalledTimes(1);
});
