import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useSecondsUntil } from './useSecondsUntil.ts';

describe('useSecondsUntil', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

  it('counts down, and changes exactly when a second is full', () => {
    const endMs = Date.now() + 2300;
    const countdown = renderHook(() => useSecondsUntil(endMs)).result;
    expect(countdown.current).toBe(3);
    pass(299);
    expect(countdown.current).toBe(3);
    pass(1);
    expect(countdown.current).toBe(2);
    pass(999);
    expect(countdown.current).toBe(2);
    pass(1);
    expect(countdown.current).toBe(1);
    pass(1000);
    expect(countdown.current).toBe(0);
  });

  it('stops at the end and leaves no timer behind', () => {
    const endMs = Date.now() + 1000;
    const { result } = renderHook(() => useSecondsUntil(endMs));
    pass(60_000);
    expect(result.current).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('follows an end that moves, and knows none', () => {
    const startMs = Date.now();
    const { result, rerender, unmount } = renderHook(({ endMs }) => useSecondsUntil(endMs), {
      initialProps: { endMs: (startMs + 5000) as number | null },
    });
    pass(1000);
    expect(result.current).toBe(4);
    rerender({ endMs: startMs + 11_000 });
    expect(result.current).toBe(10);
    rerender({ endMs: null });
    expect(result.current).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
    rerender({ endMs: startMs + 5000 });
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  });
});
