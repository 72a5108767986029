import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallId } from '../../shared/domain/index.ts';
import { settle } from '../state/testing/FakeTimers.ts';
import { talkingPage } from './testing/talkingPage.tsx';

// The clock stands still, at the time of the telephone's own; timers go on.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 }));
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

const statusText = () => screen.getByRole('status', { name: 'Call status' }).textContent;
const region = (party: string) => screen.getByRole('region', { name: `Call with ${party}` });
const others = () => screen.getByRole('list', { name: 'Other calls' });
const button = (name: string) => screen.getByRole('button', { name });

describe('holding', () => {
  it('says for how long, and resumes by the button beside it', async () => {
    const { press, sent, first } = await talkingPage();
    await press('Hold');
    expect(sent('call:hold')).toMatchObject([{ callId: first }]);
    expect(statusText()).toBe('On hold');
    expect(region('Anna Berg').textContent).toContain('On hold 0:00');
    expect(region('Anna Berg').textContent).toContain('neither of you hears the other');
    await press('Resume');
    expect(sent('call:resume')).toMatchObject([{ callId: first }]);
    expect(statusText()).toBe('Connected');
  });

  it('is undone by the same button, which is shown as pressed', async () => {
    const { press, sent } = await talkingPage();
    await press('Hold');
    expect(button('Hold').getAttribute('aria-pressed')).toBe('true');
    await press('Hold');
    expect(sent('call:resume')).toHaveLength(1);
  });

  it('says why it could not be', async () => {
    const page = await talkingPage();
    const error = { code: 'holdRefused', message: 'x' };
    page.transport.answers.set('call:hold', () => ({ ok: false, error }));
    await page.press('Hold');
    expect(screen.getByRole('alert').textContent).toContain('does not allow holding');
    expect(statusText()).toBe('Connected');
  });

  it('by the other side is said, with what to expect', async () => {
    const { tell, first } = await talkingPage();
    await tell(first, { isHeldByOther: true, calledNumber: '+12025550177' });
    expect(statusText()).toBe('You are on hold');
    expect(region('Anna Berg').textContent).toContain('Anna Berg has put you on hold');
  });

  it('of a call that its gateway passes on is told meanwhile', async () => {
    const { tell, first } = await talkingPage();
    await tell(first, { referral: { to: '+12025550188', isRinging: false } });
    expect(statusText()).toBe('Being connected to another number…');
    await tell(first, { calledNumber: '+12025550188' });
    expect(statusText()).toBe('Connected');
  });

  it('can be done before the answer no more than passing on', async () => {
    const { phone, tell, first, transport } = await talkingPage();
    await tell(first, { state: 'ended', end: { outcome: 'answered', by: 'called' } });
    await act(async () => {
      phone.dial({ destination: '+12025550178' });
      await settle();
    });
    for (const name of ['Hold', 'Add call', 'Pass on']) expect(button(name)).toHaveProperty('disabled', true);
    expect(transport.named('call:hold')).toHaveLength(0);
  });
});

describe('another call', () => {
  it('is dialled without losing the first, which waits in sight with its time', async () => {
    const { press, sent, user, first, tell, phone } = await talkingPage();
    await press('Add call');
    expect(region('Anna Berg').textContent).toContain('Back');
    const field = screen.getByRole('textbox', { name: 'Phone number' });
    await user.type(field, '2025550178{Enter}');
    await act(settle);
    expect(sent('call:hold')).toMatchObject([{ callId: first }]);
    expect(sent('call:dial').at(-1)).toMatchObject({ calledName: 'Ben Falk' });
    expect(region('Ben Falk')).toBeTruthy();
    expect(within(others()).getByRole('listitem').textContent).toContain('Anna BergOn hold 0:00');
    await press('Hang up');
    await tell(phone.call.get()?.callId as CallId, { state: 'ended', end: { outcome: 'cancelled', by: 'caller' } });
    expect(region('Anna Berg').textContent).toContain('Mute');
  });

  it('is looked for while the digits of the keyboard belong to the dial pad, and back to the call after', async () => {
    const { press, type, sent } = await talkingPage();
    await press('Add call');
    await type('5');
    expect(sent('call:dtmf')).toHaveLength(0);
    await press('Back');
    await type('5');
    expect(sent('call:dtmf')).toMatchObject([{ digits: '5' }]);
  });

  it('is swapped with the first', async () => {
    const { talkTo, press, first, sent } = await talkingPage();
    const second = await talkTo('+12025550178');
    await press('Swap with Anna Berg');
    expect(sent('call:hold').map(({ callId }) => callId)).toEqual([first, second]);
    expect(sent('call:resume')).toMatchObject([{ callId: first }]);
    expect(region('Anna Berg')).toBeTruthy();
    expect(within(others()).getByRole('listitem').textContent).toContain('Ben Falk');
  });

  it('can’t be swapped while it rings', async () => {
    const { phone, press, sent } = await talkingPage();
    await act(async () => {
      phone.dial({ destination: '+12025550178' });
      await settle();
    });
    expect(button('Swap with Anna Berg')).toHaveProperty('disabled', true);
    await press('Hang up Anna Berg');
    expect(sent('call:hangUp')).toHaveLength(1);
  });

  it('says how it ended, and shows the first on hold', async () => {
    const { talkTo, tell, press, sent, first } = await talkingPage();
    const second = await talkTo('+12025550178');
    const ended = { state: 'ended', calledNumber: '+12025550178', end: { outcome: 'answered', by: 'called' } } as const;
    await tell(second, ended);
    expect(screen.getByText('Ben Falk: Call ended')).toBeTruthy();
    expect(statusText()).toBe('On hold');
    await press('Dismiss');
    expect(screen.queryByText('Ben Falk: Call ended')).toBeNull();
    await press('Resume');
    expect(sent('call:resume')).toMatchObject([{ callId: first }]);
  });
});

describe('the keys of a call', () => {
  it('do what the buttons do', async () => {
    const { type, sent, talkTo, first } = await talkingPage();
    await type('m');
    expect(sent('call:mute')).toMatchObject([{ isMuted: true }]);
    await type('h');
    await type('h');
    expect([sent('call:hold').length, sent('call:resume').length]).toEqual([1, 1]);
    await talkTo('+12025550178');
    await type('s');
    expect(sent('call:resume').at(-1)).toMatchObject({ callId: first });
    await type('t');
    expect(screen.getByRole('dialog', { name: 'Pass on Anna Berg' })).toBeTruthy();
  });

  it('open the dial pad and the keypad', async () => {
    const { type, press } = await talkingPage();
    await type('k');
    expect(screen.getByRole('group', { name: 'Tones' })).toBeTruthy();
    await type('k');
    await type('a');
    expect(screen.getByRole('textbox', { name: 'Phone number' })).toBeTruthy();
    await press('Back');
  });

  it('are no keys of the call where something is written, nor with a modifier', async () => {
    const { type, user, press, sent } = await talkingPage();
    await type('{Control>}h{/Control}');
    await press('Add call');
    await user.type(screen.getByRole('textbox', { name: 'Phone number' }), 'hm');
    expect([sent('call:hold').length, sent('call:mute').length]).toEqual([0, 0]);
  });

  it('are told by the tooltips', async () => {
    const { user } = await talkingPage();
    await user.tab();
    while (document.activeElement?.getAttribute('aria-label') !== 'Hold') await user.tab();
    expect((await screen.findByRole('tooltip')).textContent).toBe('Hold (H)');
  });
});

describe('a pasted code', () => {
  const paste = async (text: string) => {
    const event = new Event('paste', { bubbles: true }) as Event & { clipboardData: { getData: () => string } };
    event.clipboardData = { getData: () => text };
    await act(async () => {
      document.body.dispatchEvent(event);
      await settle();
    });
  };

  it.each([
    ['159#', '159#'],
    ['1234 5678 9012', '123456789012'],
  ])('%j is sent as %s, at once', async (text, digits) => {
    const { sent } = await talkingPage();
    await paste(text);
    expect(sent('call:dtmf')).toMatchObject([{ digits }]);
  });

  it('that is none is not sent, with a hint', async () => {
    const { sent } = await talkingPage();
    await paste('call me at +1 202 555 0100');
    expect(sent('call:dtmf')).toHaveLength(0);
    expect(screen.getByText('Only digits, * and # can be pasted into a call.')).toBeTruthy();
  });

  it('is not sent to somebody on hold', async () => {
    const { sent, press, type } = await talkingPage();
    await press('Hold');
    await paste('159#');
    await type('5');
    expect(sent('call:dtmf')).toHaveLength(0);
  });
});
