import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { createTranslations } from '../app/translations/createTranslations.ts';
import { describeRetry } from './describeRetry.ts';

// A Thursday, by the clock of whoever runs the tests.
const nowMs = new Date(2026, 0, 1, 12, 0).getTime();
const t: TFunction = createTranslations('en').t;
const say = (afterMs: number) => describeRetry({ atMs: nowMs + afterMs, nowMs, language: 'en-US' }, t);
const minuteMs = 60_000;

describe('describeRetry', () => {
  it.each([
    [1, 'Try again in 1 second.'],
    [2000, 'Try again in 2 seconds.'],
    [59_001, 'Try again in 1 minute.'],
    [minuteMs, 'Try again in 1 minute.'],
    [minuteMs + 1, 'Try again in 2 minutes.'],
    [60 * minuteMs - 1, 'Try again in 60 minutes.'],
    [60 * minuteMs, 'Try again from 1:00 PM on.'],
    [(11 * 60 + 59) * minuteMs, 'Try again from 11:59 PM on.'],
    [12 * 60 * minuteMs, 'Try again from Friday 12:00 AM on.'],
  ])('says when, %i ms before', (afterMs, sentence) => expect(say(afterMs)?.replace(/\s/g, ' ')).toBe(sentence));

  it.each([0, -1])('says nothing when it is time (%i ms)', (afterMs) => expect(say(afterMs)).toBeNull());
});
