import { act, screen } from '@testing-library/react';
import type { CallId } from '../../../shared/domain/index.ts';
import type { CallStatus } from '../../../shared/protocol/index.ts';
import { callStatus } from '../../calling/testing/callStatus.ts';
import { settle } from '../../state/testing/FakeTimers.ts';
import { renderPage } from './renderPage.tsx';

const anna = { id: 'c1', name: 'Anna Berg', numbers: [{ number: '+12025550177', label: 'work' }] };
const ben = { id: 'c2', name: 'Ben Falk', numbers: [{ number: '+12025550178', label: 'work' }] };
const people = {
  'GET /contacts': () => ({ contacts: [anna, ben].map((contact) => ({ ...contact, revision: 1, updatedAtMs: 1 })) }),
};

/** The dialer while the person talks to Anna Berg; `talkTo` dials somebody else who answers. */
export async function talkingPage(
  ...more: Parameters<typeof renderPage> extends [string, ...infer Rest] ? Rest : never
) {
  const [answers = {}, ...rest] = more;
  const page = await renderPage('/', { ...people, ...answers }, ...rest);
  let revision = 10;
  const tell = async (callId: CallId, status: Partial<CallStatus>) => {
    revision += 1;
    const known = { callId, revision, state: 'established', answeredAt: Date.now() } as const;
    await act(async () => {
      page.transport.notify('call:status', callStatus({ ...known, ...status }));
      await settle();
    });
  };
  const front = () => page.phone.call.get()?.callId as CallId;
  const talkTo = async (calledNumber: string) => {
    await act(async () => {
      page.phone.dial({ destination: calledNumber });
      await settle();
    });
    const callId = front();
    await tell(callId, { calledNumber });
    return callId;
  };
  const first = await talkTo('+12025550177');
  const press = async (name: string) => {
    await page.user.click(screen.getByRole('button', { name }));
    await act(settle);
  };
  const type = async (keys: string) => {
    await page.user.keyboard(keys);
    await act(settle);
  };
  const sent = (name: string) => page.transport.named(name).map(({ payload }) => payload);
  return { ...page, tell, talkTo, first, press, type, sent };
}
