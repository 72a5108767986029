import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CallId, DeviceId } from '../../shared/domain/index.ts';
import type { CallElsewhere } from '../../shared/protocol/index.ts';
import { callStatus } from '../calling/testing/callStatus.ts';
import { helloAnswer } from '../calling/testing/helloAnswer.ts';
import { settle } from '../state/testing/FakeTimers.ts';
import { renderPage } from './testing/renderPage.tsx';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

type Page = Awaited<ReturnType<typeof renderPage>>;

const android = { deviceId: 'device-2' as DeviceId, name: 'Chrome on Android' };
const callId = 'call-there' as CallId;
const there = (call: Partial<CallElsewhere> = {}): CallElsewhere => ({
  callId,
  direction: 'outgoing',
  otherNumber: '+12025550177',
  otherName: 'Anna Berg',
  answeredAt: Date.now() - 60_000,
  device: android,
  heldUntil: null,
  ...call,
});

async function tell({ transport }: Page, name: string, payload: object) {
  await act(async () => {
    transport.notify(name, payload);
    await settle();
  });
}

async function talking(...options: Parameters<typeof renderPage> extends [string, ...infer Rest] ? Rest : never) {
  const page = await renderPage('/', ...options);
  await page.user.type(screen.getByRole('textbox', { name: 'Phone number' }), '2025550100');
  await page.user.click(screen.getByRole('button', { name: 'Call' }));
  const id = page.phone.call.get()?.callId as CallId;
  await tell(
    page,
    'call:status',
    callStatus({ callId: id, revision: 5, state: 'established', answeredAt: Date.now() }),
  );
  return { ...page, id };
}

const reattached = (page: Page) =>
  page.transport.answers.set('call:reattach', (payload) => ({
    ok: true,
    data: {
      answer: 'v=0 the answer',
      status: callStatus({ callId: payload.callId as CallId, state: 'established', answeredAt: Date.now() }),
    },
  }));

describe('moving a call away', () => {
  it('asks on another device with one press, and says so', async () => {
    const page = await talking();
    await tell(page, 'call:elsewhere', { devices: [android], calls: [] });
    await page.user.click(screen.getByRole('button', { name: 'Move call' }));
    const dialog = screen.getByRole('dialog', { name: 'Continue on another device' });
    await page.user.click(within(dialog).getByRole('button', { name: 'Continue on Chrome on Android' }));
    expect(page.transport.named('call:push')[0]?.payload).toMatchObject({ callId: page.id, deviceId: 'device-2' });
    expect(await within(dialog).findByText('Chrome on Android was asked. Take the call over there.')).toBeTruthy();
  });

  it('shows a code and a link that can be copied, with how long they are good', async () => {
    const page = await talking();
    const data = { resumeKey: 'key-of-at-least-20-characters', expiresAtMs: Date.now() + 120_000 };
    page.transport.answers.set('call:handOver', () => ({ ok: true, data }));
    await page.user.click(screen.getByRole('button', { name: 'Move call' }));
    const code = await screen.findByRole('img', { name: 'QR code of a link that moves this call' });
    expect(code.querySelector('path')?.getAttribute('d')?.length).toBeGreaterThan(500);
    expect(screen.getByRole('timer', { name: 'Time left for the code' }).textContent).toMatch(/another (2:00|1:59)/);
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await page.user.click(screen.getByRole('button', { name: 'Copy link' }));
    expect(write).toHaveBeenCalledWith(`https://phone.example.com/#continue=${page.id}.key-of-at-least-20-characters`);
    expect(await screen.findByText('Copied')).toBeTruthy();
  });

  it('offers a new code once the old one is too old', async () => {
    const page = await talking();
    const data = { resumeKey: 'key-of-at-least-20-characters', expiresAtMs: Date.now() - 1 };
    page.transport.answers.set('call:handOver', () => ({ ok: true, data }));
    await page.user.click(screen.getByRole('button', { name: 'Move call' }));
    expect(await screen.findByText('This code is too old by now.')).toBeTruthy();
    data.expiresAtMs = Date.now() + 120_000;
    await page.user.click(screen.getByRole('button', { name: 'New code' }));
    expect(await screen.findByRole('img', { name: /QR code/ })).toBeTruthy();
    expect(page.transport.named('call:handOver').length).toBeGreaterThan(1);
  });

  it('says where the call goes on, and offers no dialling again', async () => {
    const page = await talking();
    await tell(page, 'call:moved', { callId: page.id, to: android });
    expect(screen.getByRole('heading', { name: 'Continues on Chrome on Android' })).toBeTruthy();
    expect(screen.getByRole('status', { name: 'Call status' }).textContent).toBe('Continues on Chrome on Android');
    expect(screen.queryByRole('button', { name: 'Dial again' })).toBeNull();
  });

  it('is not offered to a visitor, who has no other device', async () => {
    await talking({}, undefined, 'visitor');
    expect(screen.queryByRole('button', { name: 'Move call' })).toBeNull();
  });
});

describe('taking a call', () => {
  it('is asked for by the device that has it', async () => {
    const page = await renderPage('/');
    reattached(page);
    await tell(page, 'call:elsewhere', { devices: [android], calls: [there()] });
    await tell(page, 'call:pushed', { call: there() });
    const card = screen.getByRole('region', { name: 'Take over the call with Anna Berg from Chrome on Android?' });
    expect(screen.queryByRole('button', { name: 'Take the call with Anna Berg here' })).toBeNull();
    await page.user.click(within(card).getByRole('button', { name: 'Take it over' }));
    expect(await screen.findByRole('region', { name: 'Call with Anna Berg' })).toBeTruthy();
    expect(page.transport.named('call:reattach')[0]?.payload).toMatchObject({ callId });
    expect(screen.queryByText(/Take over the call/)).toBeNull();
  });

  it('can be left to the other device, where it stays in the list', async () => {
    const page = await renderPage('/');
    await tell(page, 'call:elsewhere', { devices: [android], calls: [there()] });
    await tell(page, 'call:pushed', { call: there() });
    await page.user.click(screen.getByRole('button', { name: 'Not here' }));
    expect(screen.queryByText(/Take over the call/)).toBeNull();
    expect(screen.getByText('on Chrome on Android')).toBeTruthy();
    expect(page.transport.named('call:reattach')).toHaveLength(0);
  });

  it('is offered for each call elsewhere, and for how long where its device is away', async () => {
    const page = await renderPage('/');
    reattached(page);
    await tell(page, 'call:elsewhere', { devices: [], calls: [there({ heldUntil: Date.now() + 20_000 })] });
    expect(screen.getByText(/Chrome on Android is away. The call is kept for another 0:(20|19)/)).toBeTruthy();
    await page.user.click(screen.getByRole('button', { name: 'Take the call with Anna Berg here' }));
    expect(await screen.findByRole('region', { name: 'Call with Anna Berg' })).toBeTruthy();
  });

  it('says meanwhile what happens', async () => {
    const page = await renderPage('/');
    await tell(page, 'call:elsewhere', { devices: [android], calls: [there()] });
    await page.user.click(screen.getByRole('button', { name: 'Take the call with Anna Berg here' }));
    expect(screen.getByRole('status', { name: 'Call status' }).textContent).toBe('Taking the call over…');
  });
});

describe('a call of before a crash', () => {
  const kept = {
    ...{ callId, resumeKey: 'key-of-at-least-20-characters', direction: 'outgoing' as const },
    ...{ number: '+12025550177', name: 'Anna Berg', answeredAtMs: 1_700_000_000_000, isOnHold: false },
    ...{ isHangUpWished: false, aliveAtMs: 1_700_000_000_000 },
  };
  const opened = async (isGranted: boolean) => {
    const page = await renderPage('/', {}, undefined, 'user', (made) => {
      made.microphone.granted = isGranted;
      made.kept.put(kept);
    });
    return page;
  };

  it('is said to be there still while it is taken back', async () => {
    await opened(true);
    expect(screen.getByRole('status', { name: 'Call status' }).textContent).toBe(
      'Your call is still there — taking it back…',
    );
  });

  it('waits for a press where the browser will ask for the microphone', async () => {
    const page = await opened(false);
    reattached(page);
    const card = screen.getByRole('region', { name: 'Your call with Anna Berg is still there' });
    expect(page.transport.named('call:reattach')).toHaveLength(0);
    await page.user.click(within(card).getByRole('button', { name: 'Take it back' }));
    expect(await screen.findByRole('region', { name: 'Call with Anna Berg' })).toBeTruthy();
  });

  it('can be hung up instead', async () => {
    const page = await opened(false);
    reattached(page);
    await page.user.click(screen.getByRole('button', { name: 'Hang up' }));
    await act(settle);
    expect(page.transport.named('call:hangUp')[0]?.payload).toMatchObject({ callId });
    expect(screen.queryByText(/still there/)).toBeNull();
  });
});

describe('a bridge that is away during a call', () => {
  it('is told with the time that is left, and the person can hang up at once', async () => {
    const page = await talking();
    act(() => page.transport.disconnect());
    expect(await screen.findByText('Reconnecting, the other side is still there', {}, { timeout: 3_000 })).toBeTruthy();
    await page.user.click(screen.getByRole('button', { name: 'Hang up' }));
    expect(screen.getByRole('heading', { name: 'Call ended' })).toBeTruthy();
    expect(page.transport.named('call:hangUp')).toHaveLength(0);
    page.transport.answers.set('session:hello', () => helloAnswer([], page.timers.now()));
    await act(async () => {
      page.transport.connect();
      await settle();
    });
    expect(page.transport.named('call:hangUp')[0]?.payload).toMatchObject({ callId: page.id });
  });
});
