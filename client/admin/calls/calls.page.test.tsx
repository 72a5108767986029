import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';

afterEach(cleanup);

const startMs = 1_790_000_000_000;
const callOf = (more: object = {}) => ({
  ...{ callId: 'call-1', callServerId: 'main', brandId: 'default', userId: 'u2', userName: 'anna', deviceId: null },
  ...{ direction: 'outgoing', callingNumber: '+12025550199', callingName: null, calledNumber: '+493012345678' },
  ...{
    calledName: null,
    forwardedTo: null,
    transferredTo: null,
    gatewayId: 'berlin',
    codec: 'opus',
    mediaWay: 'relay',
  },
  ...{ requestedAtMs: startMs, answeredAtMs: startMs + 4000, endedAtMs: startMs + 64_000, talkMs: 60_000 },
  ...{ costMicros: 20_000, isAnonymous: false, postDialDelayMs: 900, outcome: 'answered', disconnectedBy: 'called' },
  ...{ sipStatus: null, q850: 16, errorCode: null },
  ...more,
});
const busy = { outcome: 'busy', answeredAtMs: null, talkMs: 0, sipStatus: 486, q850: 17, costMicros: null };
const page = (items: object[], more: object = {}) => ({ items, nextCursor: null, searchedToMs: null, ...more });

const leg = (mos: number | null) => ({ mos, lossPercent: 1.5, jitterMs: 4, roundTripMs: mos === null ? null : 40 });
const unknown = { mos: null, lossPercent: null, jitterMs: null, roundTripMs: null };
const message = (atMs: number, direction: string, text: string) => ({
  ...{
    atMs,
    direction,
    gatewayId: 'berlin',
    transport: 'udp',
    local: '192.0.2.1:5060',
    remote: '192.0.2.2:5060',
    text,
  },
});
const detail = (call = callOf(), more: object = {}) => ({
  call,
  participants: [{ userId: 'u2', userName: 'anna', answer: null }],
  gatewayChoice: null,
  events: [
    { atMs: startMs, type: 'requested', state: 'requested', detail: {} },
    { atMs: startMs + 3.25, type: 'authorized', state: 'requested', detail: { ruleId: 'germany' } },
    {
      ...{ atMs: startMs + 500, type: 'gatewayFailed', state: 'dialing' },
      detail: { gatewayId: 'backup', kind: 'response', status: 503, reason: 'Full', q850: 42, isLast: false },
    },
    { atMs: startMs + 600, type: 'newInLaterBridges', state: null, detail: {} },
    {
      ...{ atMs: startMs + 700, type: 'disconnected', state: 'ended' },
      detail: { outcome: 'busy', by: 'called', sipStatus: 486, q850: 17 },
    },
  ],
  trace: {
    messages: [
      message(startMs + 5, 'sent', 'INVITE sip:+493012345678@gw SIP/2.0\r\nCSeq: 1 INVITE'),
      message(startMs + 900, 'received', 'SIP/2.0 180 Ringing\r\nCSeq: 1 INVITE'),
    ],
    omittedMessages: 7,
    quality: [4.4, 3.1].map((mos, index) => ({
      ...{ atMs: startMs + 5000 * index, fromBrowser: leg(mos), toBrowser: leg(null) },
      ...{ fromGateway: unknown, toGateway: unknown },
    })),
  },
  ...more,
});

describe('the list of calls', patience, () => {
  it('says of each who, where to, how it went and what it cost', async () => {
    const old = callOf({ callId: 'call-2', ...busy, calledNumber: '+4930xxxxxxxx', isAnonymous: true });
    await renderAdmin('/admin/calls', { answers: { 'GET /admin/calls': () => page([callOf(), old]) } });
    const [first, second] = (await screen.findAllByRole('row')).slice(1);
    expect(first?.textContent).toMatch(/anna.*\+49 30 12345678.*Answered.*1 min.*berlin.*0\.02/);
    expect(second?.textContent).toMatch(/\+4930xxxxxxxx Anonymised.*Busy.*–/);
  });

  it('asks the bridge by what stands in its address, and says when a number is none', async () => {
    const address = '/admin/calls?number=%2B49*&outcome=busy,failed&gatewayId=berlin&userId=u2&from=2026-03-01T08:00';
    const { bridge, user, write } = await renderAdmin(address, { answers: { 'GET /admin/calls': () => page([]) } });
    await screen.findByText('Nothing found');
    const asked = new URL(bridge.asked.find(({ path }) => path.startsWith('/admin/calls?'))?.path ?? '', 'http://b');
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      ...{ number: '+49*', outcome: 'busy,failed', gatewayId: 'berlin', userId: 'u2', limit: '100' },
      fromMs: String(new Date('2026-03-01T08:00').getTime()),
    });
    await write(screen.getByRole('searchbox', { name: 'Number' }), '1*');
    await screen.findByText('A number, or the beginning or the end of one with a *.');
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    await waitFor(() => expect(bridge.asked.at(-1)?.path).toBe('/admin/calls?limit=100'));
  });

  it('finds a person by name', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/calls', {
      answers: { 'GET /admin/calls': () => page([callOf()]) },
      fill: (fake) => fake.put('users', { id: 'u2', userName: 'anna', displayName: 'Anna B', role: 'user' }),
    });
    await write(screen.getByRole('combobox', { name: 'Person' }), 'ann');
    await user.click(await screen.findByRole('option', { name: /anna/ }));
    await waitFor(() =>
      expect(bridge.asked.some(({ path }) => path === '/admin/calls?userId=u2&limit=100')).toBe(true),
    );
  });

  it('goes further back only when it is asked to', async () => {
    const answers = {
      'GET /admin/calls': ({ path }: { path: string }) =>
        path.includes('cursor=on') ? page([callOf()]) : page([], { nextCursor: 'on', searchedToMs: startMs }),
    };
    const { user } = await renderAdmin('/admin/calls?number=*99', { answers });
    await screen.findByText(/Looked back as far as/);
    expect(screen.queryByText('Nothing found')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Look further back' }));
    expect(await screen.findByRole('row', { name: /anna/ })).toBeTruthy();
  });

  it('saves what the search finds as a file, and says what goes wrong', async () => {
    const saved: Blob[] = [];
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (blob: Blob) => saved.push(blob) && 'blob:x' }));
    let isDown = false;
    const { bridge, user } = await renderAdmin('/admin/calls?gatewayId=berlin', {
      answers: {
        'GET /admin/calls': () => page([callOf()]),
        'GET /admin/calls/export': () => {
          if (isDown) throw new DialbridgeError('forbidden');
          return new Response('callId\r\ncall-1\r\n');
        },
      },
    });
    await user.click(screen.getByRole('button', { name: 'Export as CSV' }));
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(await saved[0]?.text()).toBe('callId\r\ncall-1\r\n');
    expect(bridge.asked.at(-1)?.path).toBe('/admin/calls/export?gatewayId=berlin&format=csv');
    isDown = true;
    await user.click(screen.getByRole('button', { name: 'Export as JSON Lines' }));
    expect(await screen.findByRole('alert')).toBeTruthy();
  });

  it('says that there are none yet, and what is wrong where they can’t be read', async () => {
    let isDown = true;
    const answers = {
      'GET /admin/calls': () => {
        if (isDown) throw new DialbridgeError('internal');
        return page([]);
      },
    };
    const { user } = await renderAdmin('/admin/calls', { answers });
    await screen.findByRole('alert');
    isDown = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No calls yet')).toBeTruthy();
  });
});

describe('the page of a call', patience, () => {
  const open = (answer: () => unknown, role: 'operator' | 'brandManager' = 'operator') =>
    renderAdmin('/admin/calls/call-1', { role, answers: { 'GET /admin/calls/call-1': answer } });

  it('says who called whom and why it ended, in words and codes', async () => {
    await open(() => detail());
    const head = await screen.findByRole('region', { name: 'The call' });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('anna → +49 30 12345678');
    expect(within(head).getByText('The called party hung up')).toBeTruthy();
    expect(within(head).getByText('Q.850 cause 16: normal hanging up')).toBeTruthy();
    expect(head.textContent).toMatch(/Talked1 min.*Cost0\.02.*Gatewayberlin.*Codecopus.*By the bridge/);
  });

  it('tells causes that have no words by their numbers', async () => {
    await open(() => detail(callOf({ ...busy, sipStatus: 699, q850: 99, errorCode: 'limitCallsAtOnce' })));
    const head = await screen.findByRole('region', { name: 'The call' });
    expect(within(head).getByText('By the called party or its network')).toBeTruthy();
    expect(within(head).getByText('SIP 699')).toBeTruthy();
    expect(within(head).getByText('Q.850 cause 99')).toBeTruthy();
  });

  it('has a timeline to the millisecond, also of steps that it does not know', async () => {
    const { user } = await open(() => detail());
    const steps = within(await screen.findByRole('region', { name: 'What happened' })).getAllByRole('listitem');
    expect(steps.map((step) => step.querySelector('.call-step-text')?.textContent)).toEqual([
      'Call requested',
      'Allowed by the rule germany',
      'Gateway backup did not take the call: SIP 503 Full; the network is congested',
      'New in later bridges',
      'Ended: By the called party or its network; SIP 486: busy; Q.850 cause 17: busy',
    ]);
    expect(steps[1]?.textContent).toContain('+0.003');
    await user.click(screen.getByRole('button', { name: /did not take the call/ }));
    expect(within(steps[2] as HTMLElement).getByText('isLast')).toBeTruthy();
  });

  it('shows the SIP messages as a ladder that a screen reader reads as a list', async () => {
    await open(() => detail());
    const ladder = await screen.findByRole('region', { name: 'SIP messages' });
    const names = within(ladder)
      .getAllByRole('listitem')
      .map((item) => item.textContent);
    expect(names[0]).toContain('Bridge → gateway: INVITE +493012345678@gw');
    expect(names[1]).toContain('Gateway → bridge: 180 Ringing (INVITE)');
    expect(screen.getByText(/7 messages were left out/)).toBeTruthy();
  });

  it('keeps them from a brand’s people', async () => {
    await open(() => detail(), 'brandManager');
    await screen.findByRole('region', { name: 'What happened' });
    expect(screen.queryByText('SIP messages')).toBeNull();
  });

  it('draws the quality of each leg that was measured', async () => {
    const { user } = await open(() => detail());
    const quality = await screen.findByRole('region', { name: 'Audio quality' });
    expect(within(quality).getAllByRole('radio')).toHaveLength(2);
    const chart = within(quality).getByRole('img', { name: /^Quality \(MOS/ });
    expect(chart.getAttribute('aria-label')).toBe('Quality (MOS, 1 to 4.5): lowest 3.1, highest 4.4, last 3.1.');
    await user.click(within(quality).getByRole('radio', { name: 'To the person' }));
    expect(within(quality).getByRole('img', { name: /MOS.*Not measured/ })).toBeTruthy();
    await user.click(within(quality).getByRole('button', { name: 'The same as a table' }));
    expect(within(quality).getAllByRole('row')).toHaveLength(3);
  });

  it('says so where nothing was kept', async () => {
    await open(() => detail(callOf(), { trace: { messages: [], omittedMessages: 0, quality: [] } }));
    expect(await screen.findByText(/no gateway was asked, or they have been forgotten/)).toBeTruthy();
    expect(screen.getByText(/^Nothing was measured/)).toBeTruthy();
  });

  it('says what is wrong where the call can’t be read', async () => {
    await open(() => {
      throw new DialbridgeError('notFound');
    });
    expect(await screen.findByRole('alert')).toBeTruthy();
  });
});
