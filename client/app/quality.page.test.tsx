import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { CallId } from '../../shared/domain/index.ts';
import { type CallQuality, qualityProblemSchema } from '../../shared/protocol/index.ts';
import { callStatus } from '../calling/testing/callStatus.ts';
import { settle } from '../state/testing/FakeTimers.ts';
import { renderPage } from './testing/renderPage.tsx';
import { de } from './translations/de.ts';
import { en } from './translations/en.ts';
import { es } from './translations/es.ts';
import { fr } from './translations/fr.ts';

afterEach(cleanup);

async function talking() {
  const page = await renderPage('/');
  await page.user.type(screen.getByRole('textbox', { name: 'Phone number' }), '2025550100');
  await page.user.click(screen.getByRole('button', { name: 'Call' }));
  await act(settle);
  const callId = page.phone.call.get()?.callId as CallId;
  await act(async () => {
    page.transport.notify('call:status', callStatus({ callId, revision: 9, state: 'established', answeredAt: 1 }));
    await settle();
  });
  const tell = (change: Partial<CallQuality>) =>
    act(async () => {
      page.transport.notify('stats:quality', {
        ...{ callId, strength: 4, roundTripMs: 52.4, lossPercent: 6.25, problems: [] },
        mos: { fromBrowser: 4.4, toBrowser: 4.21, fromGateway: 4.35, toGateway: null },
        ...change,
      });
      await settle();
    });
  return { ...page, tell };
}

const signal = () => screen.queryByRole('button', { name: /^Connection: / });

describe('The strength of a call', () => {
  it('isn’t shown before anything is known', async () => {
    await talking();
    expect(signal()).toBeNull();
  });

  it.each([
    [4, 'Good', 4],
    [3, 'Fair', 3],
    [2, 'Weak', 2],
    [1, 'Bad', 1],
    [0, 'One side is not heard', 0],
  ])('%s is said as “%s” and shown by %s bars', async (strength, word, bars) => {
    const { tell } = await talking();
    await tell({ strength });
    expect(screen.getByRole('button', { name: `Connection: ${word}. Show the details.` })).toBeTruthy();
    expect(signal()?.textContent).toBe(word);
    expect(signal()?.querySelectorAll('.signal-bar-on')).toHaveLength(bars);
  });

  it('shows the figures when it is pressed', async () => {
    const { tell, user } = await talking();
    await tell({});
    await user.click(signal() as HTMLElement);
    const dialog = within(screen.getByRole('dialog', { name: 'Quality of the call' }));
    const figure = (name: string) => dialog.getByText(name).nextElementSibling?.textContent;
    expect(dialog.getByText('Nothing is wrong with the sound.')).toBeTruthy();
    expect(figure('What you hear')).toBe('4.2 of 4.5');
    expect(figure('What the other side hears')).toBe('4.4 of 4.5');
    expect(figure('There and back')).toBe('52 ms');
    expect(figure('Lost on your network')).toBe('6.3 %');
    expect(figure('Codec')).toBe('not known');
  });
});

describe('A problem of the audio', () => {
  it('is said with what helps, and goes with the problem', async () => {
    const { tell } = await talking();
    await tell({ strength: 2, problems: ['networkLoss', 'gatewayLoss'] });
    const notice = screen.getByRole('alert');
    expect(notice.textContent).toBe('Your network loses packetsMove closer to the router, or use a cable.');
    await tell({});
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is said at once, but for a side that may just be listening', async () => {
    const { tell } = await talking();
    for (const problem of qualityProblemSchema.options) {
      await tell({ problems: [problem] });
      const notice = screen.getByText(en.quality.problems[problem].title).closest('.stage-notice');
      expect([problem, notice?.getAttribute('role')]).toEqual([problem, problem === 'otherSilent' ? null : 'alert']);
    }
  });

  it('stands with its advice behind the glyph, the others, too', async () => {
    const { tell, user } = await talking();
    await tell({ strength: 1, problems: qualityProblemSchema.options });
    await user.click(signal() as HTMLElement);
    const dialog = within(screen.getByRole('dialog', { name: 'Quality of the call' }));
    for (const problem of qualityProblemSchema.options) {
      const { title, advice } = en.quality.problems[problem];
      expect(dialog.getByText(title).closest('li')?.textContent).toContain(advice);
    }
  });

  it.each(Object.entries({ en, de, fr, es }))('has words and advice of its own in “%s”', (_language, { quality }) => {
    const sentences = qualityProblemSchema.options.flatMap((problem) => Object.values(quality.problems[problem]));
    expect(new Set(sentences).size).toBe(2 * qualityProblemSchema.options.length);
    expect(Math.min(...sentences.map(({ length }) => length))).toBeGreaterThan(10);
    if (quality !== en.quality) {
      const english = Object.values(en.quality.problems).flatMap((words) => Object.values<string>(words));
      expect(sentences.filter((sentence) => english.includes(sentence))).toEqual([]);
    }
  });
});
