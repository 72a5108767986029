import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultBrand } from '../branding/index.ts';
import { settle } from '../state/testing/FakeTimers.ts';
import { talkingPage } from './testing/talkingPage.tsx';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

const region = () => screen.getByRole('region', { name: 'Call with Anna Berg' });
const dialog = () => screen.getByRole('dialog', { name: 'Pass on Anna Berg' });
const option = (name: RegExp) => within(dialog()).getByRole('option', { name });
const options = () => within(dialog()).getAllByRole('option');
const footer = (name: string) => within(dialog()).getByRole('button', { name });

async function choosing(...more: Parameters<typeof talkingPage>) {
  const page = await talkingPage(...more);
  await page.press('Pass on');
  return page;
}

describe('passing a call on', () => {
  it('to a contact, without a word', async () => {
    const { user, press, sent, first } = await choosing();
    expect(footer('Pass on now')).toHaveProperty('disabled', true);
    // Anna can't be passed on to herself.
    expect(options().map(({ textContent }) => textContent)).toEqual([expect.stringContaining('Ben Falk')]);
    await user.click(option(/Ben Falk/));
    await press('Pass on now');
    expect(sent('call:transfer')).toMatchObject([
      { callId: first, to: { destination: '+12025550178', name: 'Ben Falk' } },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(region().textContent).toContain('Passing on Anna Berg to Ben Falk…');
  });

  it('to a number that is written, by the keyboard alone', async () => {
    const { type, sent, user } = await choosing();
    while (document.activeElement?.tagName !== 'INPUT') await user.tab();
    await type('2025550199');
    expect(options().map(({ textContent }) => textContent)).toEqual(['(202) 555-0199This number']);
    while (document.activeElement?.textContent !== 'Pass on now') await user.tab();
    await type('{Enter}');
    expect(sent('call:transfer')[0]?.to).toEqual({ destination: '2025550199' });
  });

  it('finds contacts by what is written, and says when there is nobody', async () => {
    const { type, user } = await choosing();
    while (document.activeElement?.tagName !== 'INPUT') await user.tab();
    await type('ben');
    expect(options()).toHaveLength(1);
    await type('x');
    expect(dialog().textContent).toContain('Nobody found');
    expect(footer('Pass on now')).toHaveProperty('disabled', true);
  });

  it('after a word: calls them first, then joins the two', async () => {
    const page = await choosing();
    await page.user.click(option(/Ben Falk/));
    await page.press('Ask first');
    expect(page.sent('call:hold')).toMatchObject([{ callId: page.first }]);
    expect(page.sent('call:dial').at(-1)).toMatchObject({ destination: '+12025550178' });
    expect(screen.queryByRole('button', { name: /^Pass on Anna/ })).toBeNull();
    const second = page.phone.call.get()?.callId;
    if (second === undefined) throw new Error('no call');
    await page.tell(second, { calledNumber: '+12025550178' });
    await page.press('Pass on Anna Berg to Ben Falk');
    expect(page.sent('call:transfer')).toMatchObject([{ callId: page.first, to: { callId: second } }]);
  });

  it('offers who is on the line already, and joins them', async () => {
    const page = await talkingPage();
    const second = await page.talkTo('+12025550178');
    await page.press('Swap with Anna Berg');
    await page.press('Pass on');
    await page.user.click(option(/Ben Falk.*Talking with you already/));
    expect(footer('Ask first')).toHaveProperty('disabled', true);
    await page.press('Pass on now');
    expect(page.sent('call:transfer')).toMatchObject([{ callId: page.first, to: { callId: second } }]);
  });
});

describe('a call on its way to somebody else', () => {
  const to = '+12025550178';
  const calledNumber = '+12025550177';

  it('tells how it goes, and offers nothing but to take it back or hang up', async () => {
    const { tell, first, press, sent } = await talkingPage();
    await tell(first, { calledNumber, isOnHold: true, transfer: { to, state: 'ringing' } });
    expect(region().textContent).toContain('It rings at Ben Falk');
    for (const name of ['Hold', 'Pass on', 'Add call', 'Keypad'])
      expect(screen.getByRole('button', { name })).toHaveProperty('disabled', true);
    expect(screen.getByRole('button', { name: 'Hang up' })).toHaveProperty('disabled', false);
    await press('Take it back');
    expect(sent('call:resume')).toMatchObject([{ callId: first }]);
    expect(region().textContent).not.toContain('It rings at Ben Falk');
  });

  it('ends as passed on', async () => {
    const { tell, first } = await talkingPage();
    const end = { outcome: 'answered', by: 'caller', transferredTo: to } as const;
    await tell(first, { calledNumber, state: 'ended', end });
    const card = screen.getByRole('region', { name: 'Passed on' });
    expect(card.textContent).toContain('They go on talking without you.');
  });

  it('comes back when that failed, with the reason and what can be done', async () => {
    const { tell, first, press, sent } = await talkingPage();
    const error = { code: 'noRuleAllows', message: 'x' } as const;
    await tell(first, { calledNumber, isOnHold: true, transfer: { to, state: 'failed', error } });
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('Could not be passed on to Ben Falk');
    expect(alert.textContent).toContain('may not call');
    await press('Try again');
    expect(dialog()).toBeTruthy();
    await press('Close');
    await press('Resume');
    expect(sent('call:resume')).toMatchObject([{ callId: first }]);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says that it is still there when nobody took it', async () => {
    const { tell, first } = await talkingPage();
    const error = { code: 'transferFailed', message: 'x' } as const;
    await tell(first, { calledNumber, isOnHold: true, transfer: { to, state: 'failed', error } });
    expect(screen.getByRole('alert').textContent).toContain('You still have Anna Berg, on hold.');
  });
});

describe('a brand without passing on', () => {
  it('has no button, no key and no way between two calls for it', async () => {
    const brand = { ...defaultBrand, features: { ...defaultBrand.features, transfer: false } };
    const page = await talkingPage({}, brand);
    await page.type('t');
    await page.talkTo('+12025550178');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.queryByRole('button', { name: /^Pass on/ })).toBeNull();
    expect(screen.getByRole('button', { name: 'Hold' })).toBeTruthy();
    await act(settle);
  });
});
