import { act, fireEvent, screen } from '@testing-library/react';
import { expect, vi } from 'vitest';
import type { CallId } from '../../../shared/domain/index.ts';
import type { IncomingCall } from '../../../shared/protocol/index.ts';
import { callStatus } from '../../calling/testing/callStatus.ts';
import { incomingCall } from '../../calling/testing/incomingCall.ts';
import { settle } from '../../state/testing/FakeTimers.ts';
import { renderPage } from './renderPage.tsx';

const anna = {
  id: 'c1',
  name: 'Anna Berg',
  numbers: [{ number: '+12025550177', label: 'work' }],
  revision: 1,
  updatedAtMs: 1,
};
export const people = { 'GET /contacts': () => ({ contacts: [anna] }) };
export const callId = 'in-1' as CallId;

type Page = Awaited<ReturnType<typeof renderPage>>;

export async function opened(
  path = '/',
  ...more: Parameters<typeof renderPage> extends [string, ...infer Rest] ? Rest : never
) {
  const page = await renderPage(path, ...more);
  page.transport.answers.set('call:answer', (payload) => ({
    ok: true,
    data: { answer: 'v=0 the answer', status: established(payload.callId as CallId) },
  }));
  return page;
}

export const established = (id: CallId) =>
  callStatus({
    callId: id,
    direction: 'incoming',
    state: 'established',
    callingNumber: '+12025550177',
    calledNumber: '+12025550199',
    calledName: 'Support',
    answeredAt: Date.now(),
  });

export async function tell({ transport }: Page, name: string, payload: object) {
  await act(async () => {
    transport.notify(name, payload);
    await settle();
  });
}
export const ring = (page: Page, call: Partial<IncomingCall> = {}) =>
  tell(page, 'call:incoming', incomingCall({ ringsUntil: Date.now() + 30_000, ...call }));
export const stop = (page: Page, reason: string, takenBy: object | null = null, id = callId) =>
  tell(page, 'call:incomingEnded', { callId: id, reason, takenBy });

export const screenOf = (name: string) => screen.findByRole('alertdialog', { name: `Incoming call: ${name}` });
export const noScreen = () => expect(screen.queryByRole('alertdialog')).toBeNull();
export const press = async (key: string) => {
  fireEvent.keyDown(document.activeElement ?? document.body, { key });
  await act(settle);
};
/** As long as a call must have rung until keys mean it. */
export const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
