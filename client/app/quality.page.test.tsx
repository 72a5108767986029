import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { CallId } from '../../shared/domain/index.ts';
import { type CallQuality, qualityProblemSchema } from '../../shared/protocol/index.ts';
import { callStatus } from '../calling/testing/callStatus.ts';
import { settle } from '../state/testing/FakeTimers.ts';
import { renderPage } from './testing/renderPage.tsx';

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

  it.each(qualityProblemSchema.options)('%s has its words', async (problem) => {
    const { tell } = await talking();
    await tell({ problems: [problem] });
    const words = screen.getByRole('alert').textContent ?? '';
    expect(words.length).toBeGreaterThan(20);
    expect(words).not.toContain('quality.');
  });
});
