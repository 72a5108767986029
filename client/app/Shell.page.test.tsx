import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { CallId } from '../../shared/domain/index.ts';
import type { CallStatus } from '../../shared/protocol/index.ts';
import { callStatus } from '../calling/testing/callStatus.ts';
import { settle } from '../state/testing/FakeTimers.ts';
import { renderPage } from './testing/renderPage.tsx';

afterEach(cleanup);

const echo = {
  id: 'c1',
  name: 'Echo test',
  numbers: [{ number: '+12025550100', label: 'other' }],
  revision: 1,
  updatedAtMs: 1,
};
const people = { 'GET /contacts': () => ({ contacts: [echo] }) };

const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Phone number' });
const button = (name: string) => screen.getByRole('button', { name });
const statusText = () => screen.getByRole('status', { name: 'Call status' }).textContent;

type Page = Awaited<ReturnType<typeof renderPage>>;

/** Lets the bridge tell the state of the present call. */
async function tell({ phone, transport }: Page, status: Partial<CallStatus>) {
  await act(async () => {
    transport.notify('call:status', callStatus({ callId: phone.call.get()?.callId as CallId, ...status }));
    await settle();
  });
}

async function dialled(page: Page, number = '2025550100') {
  await page.user.type(field(), number);
  await page.user.click(button('Call'));
  await act(settle);
}

describe('the dial pad', () => {
  it('formats what is typed, and calls it as written', async () => {
    const page = await renderPage('/');
    await dialled(page);
    expect(page.transport.named('call:dial')[0]?.payload.destination).toBe('(202) 555-0100');
  });

  it('takes digits from the keys, and a plus from a zero that is held', async () => {
    const page = await renderPage('/');
    await page.user.click(button('4'));
    await page.user.click(button('2'));
    expect(field().value).toBe('42');
    fireEvent.keyDown(document.body, { key: 'Backspace' });
    fireEvent.keyDown(document.body, { key: 'Backspace' });
    const zero = button('0');
    fireEvent.pointerDown(zero, { button: 0, pointerType: 'mouse', pointerId: 1 });
    fireEvent.mouseDown(zero, { button: 0 });
    await waitFor(() => expect(field().value).toBe('+'), { timeout: 2_000 });
  });

  it('takes the keyboard from anywhere on the page, Enter included', async () => {
    const page = await renderPage('/');
    await page.user.keyboard('2025550100');
    expect(field().value).toBe('(202) 555-0100');
    await page.user.keyboard('{Enter}');
    await act(settle);
    expect(page.transport.named('call:dial')).toHaveLength(1);
  });

  it('finds the number in what is pasted', async () => {
    const page = await renderPage('/');
    await page.user.click(field());
    await page.user.paste('Ring us: tel:+1-202-555-0100');
    expect(field().value).toBe('+1 202 555 0100');
  });

  it('suggests people by name and by digits, and dials the one that is chosen', async () => {
    const page = await renderPage('/', people);
    await page.user.type(field(), 'ech');
    const suggestions = screen.getByRole('list', { name: 'Matching people' });
    await page.user.click(within(suggestions).getByRole('button', { name: /^Dial Echo test/ }));
    await act(settle);
    expect(page.transport.named('call:dial')[0]?.payload).toMatchObject({
      destination: '+12025550100',
      calledName: 'Echo test',
    });
  });

  it('brings the last number back when Call is pressed with an empty field', async () => {
    const entry = { callId: 'h1', direction: 'outgoing', number: '+12025550144', name: null, requestedAtMs: 1 };
    const rest = { answeredAtMs: null, endedAtMs: 2, outcome: 'busy', codec: null, gatewayId: null };
    const page = await renderPage('/', {
      'GET /history?limit=50': () => ({ entries: [{ ...entry, ...rest }], nextCursor: null }),
    });
    await page.user.click(button('Call'));
    expect(field().value).toBe('+1 202 555 0144');
    expect(page.transport.named('call:dial')).toHaveLength(0);
  });
});

describe('the call screen', () => {
  it('says the state in words, on the screen and for screen readers', async () => {
    const page = await renderPage('/', people);
    expect(statusText()).toBe('');
    await dialled(page);
    expect(statusText()).toBe('Calling…');
    await tell(page, { revision: 2, state: 'ringing' });
    expect(statusText()).toBe('Ringing');
    await tell(page, { revision: 3, state: 'established', answeredAt: Date.now() });
    expect(statusText()).toBe('Connected');
    expect(screen.getByRole('region', { name: 'Call with Echo test' })).toBeTruthy();
    await page.user.click(button('Hang up'));
    await tell(page, { revision: 4, state: 'ended', end: { outcome: 'answered', by: 'caller' } });
    expect(statusText()).toBe('Call ended');
    expect(screen.queryByRole('button', { name: 'Hang up' })).toBeNull();
    expect(button('Call')).toBeTruthy();
  });

  it('keeps the focus where the telephone is, at the begin and at the end', async () => {
    const page = await renderPage('/');
    await dialled(page);
    expect(document.activeElement).toBe(screen.getByRole('region', { name: /^Call with/ }));
    await tell(page, { revision: 2, state: 'established', answeredAt: Date.now() });
    await page.user.click(button('Hang up'));
    await tell(page, { revision: 3, state: 'ended', end: { outcome: 'answered', by: 'caller' } });
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Call ended' }));
  });

  it('leaves the focus alone where the call was placed from a page that stays', async () => {
    const page = await renderPage('/contacts', people);
    await page.user.click(button('Dial Echo test'));
    await act(settle);
    expect(document.activeElement).toBe(button('Dial Echo test'));
  });

  it('calls what is no number by its name', async () => {
    const page = await renderPage('/');
    const error = { code: 'notAPhoneNumber', message: 'x', details: { number: '12' } };
    page.transport.answers.set('call:dial', () => ({ ok: false, error }));
    await dialled(page, '12');
    expect(screen.getByRole('heading', { name: 'This is not a complete number' })).toBeTruthy();
  });

  it('mutes with a button whose name stays', async () => {
    const page = await renderPage('/');
    await dialled(page);
    await tell(page, { revision: 2, state: 'established', answeredAt: 1 });
    await page.user.click(button('Mute'));
    expect(button('Mute').getAttribute('aria-pressed')).toBe('true');
    expect(page.transport.named('call:mute')[0]?.payload.isMuted).toBe(true);
  });

  it('sends key tones from the keypad and from the keyboard', async () => {
    const page = await renderPage('/');
    await dialled(page);
    await tell(page, { revision: 2, state: 'established', answeredAt: 1 });
    await page.user.click(button('Keypad'));
    await page.user.click(button('1'));
    await page.user.keyboard('5#');
    await act(settle);
    expect(page.transport.named('call:dtmf').map(({ payload }) => payload.digits)).toEqual(['1', '5', '#']);
    expect(screen.getByLabelText('Tones sent: 15#')).toBeTruthy();
  });

  it.each([
    ['busy', 'Busy'],
    ['noAnswer', 'No answer'],
    ['declined', 'Declined'],
    ['wrongNumber', 'This number is not in service'],
  ] as const)('tells %s in words and offers to dial again', async (outcome, words) => {
    const page = await renderPage('/');
    await dialled(page);
    await tell(page, { revision: 2, state: 'ended', end: { outcome, by: 'called' } });
    expect(statusText()).toBe(words);
    await page.user.click(button('Dial again'));
    await act(settle);
    expect(page.transport.named('call:dial')).toHaveLength(2);
  });

  it('says why a call was refused, and gives the number back to be corrected', async () => {
    const page = await renderPage('/');
    page.transport.answers.set('call:dial', () => ({
      ok: false,
      error: { code: 'noRuleAllows', message: 'x', details: { number: '+19005550100' } },
    }));
    await dialled(page, '9005550100');
    expect(statusText()).toBe(
      'Your account may not call +19005550100. Ask the person who runs this phone service to allow it.',
    );
    expect(field().value).toBe('(900) 555-0100');
  });

  it('keeps a second call from a contact away kindly', async () => {
    const page = await renderPage('/contacts', people);
    await page.user.click(button('Dial Echo test'));
    await act(settle);
    await page.user.click(button('Dial Echo test'));
    expect(screen.getByText('Wait until this call is answered, or end it first.')).toBeTruthy();
    expect(page.transport.named('call:dial')).toHaveLength(1);
  });
});

describe('the address book', () => {
  it('adds a contact with its number in E.164', async () => {
    const page = await renderPage('/contacts', {
      'POST /contacts': ({ body }) => ({ ...(body as object), id: 'c9', revision: 1, updatedAtMs: 1 }),
    });
    const [add] = screen.getAllByRole('button', { name: 'New contact' });
    if (add) await page.user.click(add);
    await page.user.click(button('Save'));
    expect(screen.getByText('Give the contact a name.')).toBeTruthy();
    await page.user.type(screen.getByRole('textbox', { name: 'Name' }), 'Anna');
    await page.user.type(screen.getByRole('textbox', { name: 'Number' }), '(202) 555-0123');
    await page.user.click(button('Save'));
    await waitFor(() => expect(button('Show Anna')).toBeTruthy());
    expect(page.requests.find(({ method }) => method === 'POST')?.body).toEqual({
      name: 'Anna',
      numbers: [{ number: '+12025550123', label: 'mobile' }],
    });
  });

  it('deletes a contact and brings it back', async () => {
    const page = await renderPage('/contacts', {
      ...people,
      'DELETE /contacts/c1': () => undefined,
      'POST /contacts': ({ body }) => ({ ...(body as object), id: 'c2', revision: 1, updatedAtMs: 1 }),
    });
    await page.user.click(button('Show Echo test'));
    await page.user.click(button('Delete'));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Show Echo test' })).toBeNull());
    await page.user.click(button('Undo'));
    await waitFor(() => expect(button('Show Echo test')).toBeTruthy());
  });

  it('says so when nobody is found', async () => {
    const page = await renderPage('/contacts', people);
    await page.user.type(screen.getByRole('searchbox', { name: 'Search people' }), 'zzz');
    expect(screen.getByText('Nobody found')).toBeTruthy();
  });
});

describe('the history', () => {
  it('lists calls under their days and shows what happened in one', async () => {
    const entry = { callId: 'h1', direction: 'outgoing', number: '+12025550144', name: 'Ben' };
    const rest = { requestedAtMs: Date.now(), answeredAtMs: null, endedAtMs: null, codec: null, gatewayId: 'gw1' };
    const call = { ...entry, ...rest, outcome: 'noAnswer' };
    const page = await renderPage('/history', {
      'GET /history?limit=50': () => ({ entries: [call], nextCursor: null }),
      'GET /history/h1': () => ({
        entry: call,
        disconnectedBy: 'called',
        sipStatus: 480,
        q850: 19,
        gatewayChoice: null,
        events: [{ atMs: 0, type: 'gatewayChosen', state: null, detail: {} }],
      }),
    });
    expect(screen.getByRole('heading', { name: 'Today' })).toBeTruthy();
    await page.user.click(screen.getByRole('button', { name: /^Details: Ben, No answer/ }));
    expect(await screen.findByText('Gateway chosen')).toBeTruthy();
    await page.user.click(button('Dial again'));
    await act(settle);
    expect(page.transport.named('call:dial')[0]?.payload.destination).toBe('+12025550144');
  });
});

describe('a lost connection', () => {
  it('promises to keep a call that the bridge has, and none that it never heard of', async () => {
    const page = await renderPage('/');
    act(() => page.transport.disconnect());
    await dialled(page);
    expect(await screen.findByText(/Trying again by itself/, {}, { timeout: 3_000 })).toBeTruthy();
    expect(screen.queryByText('Reconnecting, the other side is still there')).toBeNull();
    await act(async () => {
      page.transport.connect();
      await settle();
    });
    await tell(page, { revision: 2, state: 'established', answeredAt: Date.now() });
    act(() => page.transport.disconnect());
    expect(await screen.findByText('Reconnecting, the other side is still there', {}, { timeout: 3_000 })).toBeTruthy();
  });

  it('is told at once by what appears in the middle of it', async () => {
    const page = await renderPage('/');
    await dialled(page);
    await tell(page, { revision: 2, state: 'established', answeredAt: Date.now() });
    act(() => page.transport.disconnect());
    await act(() => page.timers.advance(30_000));
    expect(statusText()).toBe('The connection to your browser was lost for too long.');
    expect(screen.getByText(/Trying again by itself/)).toBeTruthy();
  });

  it('is told after a moment, and no more when it is back', async () => {
    const page = await renderPage('/');
    act(() => page.transport.disconnect());
    expect(await screen.findByText('Reconnecting…', {}, { timeout: 3_000 })).toBeTruthy();
    await act(async () => {
      page.transport.connect();
      await settle();
    });
    expect(screen.queryByText('Reconnecting…')).toBeNull();
  });
});
