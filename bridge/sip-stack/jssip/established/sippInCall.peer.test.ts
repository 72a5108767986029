import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../../../observability/FakeClock.ts';
import type { Logger } from '../../../observability/index.ts';
import type { IncomingReferral, IncomingSipCall } from '../../port/index.ts';
import { createJsSipStack } from '../createJsSipStack.ts';
import type { JsSipStack } from '../JsSipStack.ts';
import { ANSWER, OFFER } from '../testing/makeStack.ts';
import { freePort } from '../testing/ports.ts';
import { expectResponse, HAS_SIPP, OK_TO_BYE, recv, request, Sipp } from '../testing/Sipp.ts';

const LOGGER: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => LOGGER };

let stack: JsSipStack;
/** Ours; SIPp keeps its own time. */
let clock: FakeClock;
let sipp: Sipp | null;

beforeEach(async () => {
  sipp = null;
  clock = new FakeClock();
  stack = await createJsSipStack(
    { clock, logger: LOGGER, randomBytes, lookup },
    { listen: [{ transport: 'udp', host: '127.0.0.1', port: 0 }], userAgent: 'Dialbridge' },
  );
});

afterEach(async () => {
  const closing = stack.close();
  clock.advance(1000);
  await closing;
  await sipp?.close();
});

/** SIPp's answer to a request of ours in the call. */
function answerWith(status: string, headers: string[] = [], sdp = false): string {
  const lines = [...headers, ...(sdp ? ['Content-Type: application/sdp'] : [])]
    .map((line) => `\n      ${line}`)
    .join('');
  const body = sdp
    ? '      v=0\n      o=- 1 2 IN IP4 127.0.0.1\n      s=-\n      c=IN IP4 127.0.0.1\n      t=0 0\n      m=audio 6002 RTP/AVP 0\n\n'
    : '';
  return OK_TO_BYE.replace('200 OK', status)
    .replace(
      '\n      Content-Length: 0',
      `\n      Contact: <sip:gw@[local_ip]:[local_port]>${lines}\n      Content-Length: [len]`,
    )
    .replace('\n\n    ]]>', `\n\n${body}    ]]>`);
}

const OPENING = (headers?: string) => [
  request('INVITE', { sdp: true, ...(headers === undefined ? {} : { headers }) }),
  expectResponse(100),
  expectResponse(200, { attributes: 'rrs="true"' }),
  request('ACK', { isInDialog: true }),
];
const maybeTrying = expectResponse(100, { isOptional: true });

/** SIPp calls, is answered, and goes on as the steps say. */
async function up(steps: readonly string[], owner: { offers: (string | null)[]; answers: string[] }) {
  const port = await freePort();
  const addresses = [{ host: '127.0.0.1', port, transport: 'udp' as const }];
  stack.setPeers([{ id: 'gw', addresses, domain: '127.0.0.1', incoming: { addresses: [] } }]);
  const called = once(stack.events, 'incomingCall');
  sipp = await Sipp.start({ transport: 'udp', port, remotePort: stack.listeners[0]?.port ?? 0, steps });
  const call = (await called)[0] as IncomingSipCall;
  call.answer(ANSWER, {
    onRemoteOffer: async (offer) => {
      owner.offers.push(offer);
      return offer === null ? OFFER : ANSWER;
    },
    onRemoteAnswer: (answer) => owner.answers.push(answer),
  });
  return call;
}

const ownerOf = () => ({ offers: [] as (string | null)[], answers: [] as string[] });

describe.skipIf(!HAS_SIPP)('in a call with SIPp (install Debian’s sip-tester where this is skipped)', () => {
  test('it changes the session by re-INVITE with and without SDP and by UPDATE, refers us, and hangs up', async () => {
    const owner = ownerOf();
    const call = await up(
      [
        ...OPENING(),
        request('INVITE', { sdp: true, isInDialog: true, cseq: 2 }),
        maybeTrying,
        expectResponse(200),
        request('ACK', { isInDialog: true, cseq: 2 }),
        request('INVITE', { isInDialog: true, cseq: 3 }),
        maybeTrying,
        expectResponse(200),
        request('ACK', { isInDialog: true, cseq: 3, sdp: true }),
        request('UPDATE', { sdp: true, isInDialog: true, cseq: 4 }),
        expectResponse(200),
        request('REFER', { isInDialog: true, cseq: 5, headers: 'Refer-To: <sip:+12025550123@[local_ip]>' }),
        expectResponse(202),
        recv('NOTIFY'),
        answerWith('200 OK'),
        recv('NOTIFY'),
        answerWith('200 OK'),
        request('BYE', { isInDialog: true, cseq: 6 }),
        expectResponse(200),
      ],
      owner,
    );
    const [referral] = (await once(call, 'referred')) as [IncomingReferral];
    expect(referral.user).toBe('+12025550123');
    const ended = once(call, 'ended');
    referral.accept();
    referral.notify(200);
    expect((await ended)[0]).toEqual({ by: 'remote' });
    await sipp?.succeeded();
    expect(owner.offers.map((offer) => offer?.includes('m=audio 6000') ?? null)).toEqual([true, null, true]);
    expect(owner.answers).toEqual([expect.stringContaining('m=audio 6000')]);
  });

  test('it takes a re-INVITE and a REFER of ours, and tells what became of that', async () => {
    const notify = request('NOTIFY', {
      ...{ isInDialog: true, cseq: 2 },
      headers:
        'Event: refer\n      Subscription-State: terminated;reason=noresource\n      Content-Type: message/sipfrag',
    }).replace('\n\n    ]]>', '\n\n      SIP/2.0 200 OK\n\n    ]]>');
    const call = await up(
      [
        ...OPENING(),
        recv('INVITE'),
        answerWith('200 OK', [], true),
        recv('ACK'),
        recv('REFER'),
        answerWith('202 Accepted'),
        notify,
        expectResponse(200),
        recv('BYE'),
        OK_TO_BYE,
      ],
      ownerOf(),
    );
    await once(call, 'confirmed');
    expect(await call.reinvite(`${OFFER}a=sendonly\r\n`)).toContain('m=audio 6002');
    await once(call.refer({ user: '+12025550123' }), 'succeeded');
    const ended = once(call, 'ended');
    call.bye();
    expect((await ended)[0]).toEqual({ by: 'local', status: 200 });
    await sipp?.succeeded();
  });

  const TIMER = 'Supported: timer\n      Session-Expires: 90;refresher=uas';

  test('we refresh its session by UPDATE, then leave that to it, and hang up when it doesn’t', async () => {
    const call = await up(
      [
        ...OPENING(`${TIMER}\n      Allow: INVITE, ACK, BYE, UPDATE`),
        recv('UPDATE'),
        answerWith('200 OK', ['Session-Expires: 90;refresher=uas', 'Require: timer']),
        recv('BYE'),
        OK_TO_BYE,
      ],
      ownerOf(),
    );
    await once(call, 'confirmed');
    const settled = stack.counters().messagesIn;
    await clock.advanceAsync(45_000);
    await expect.poll(() => stack.counters().messagesIn, { interval: 5 }).toBe(settled + 1);
    const ended = once(call, 'ended');
    await clock.advanceAsync(60_000);
    expect((await ended)[0]).toMatchObject({ by: 'transport', reason: expect.stringContaining('nobody refreshed') });
    await sipp?.succeeded();
  });

  test('we refresh its session by re-INVITE where it takes no UPDATE', async () => {
    const owner = ownerOf();
    const call = await up(
      [
        ...OPENING(TIMER),
        recv('INVITE'),
        answerWith('200 OK', ['Session-Expires: 90;refresher=uac', 'Require: timer'], true),
        recv('ACK'),
        recv('BYE'),
        OK_TO_BYE,
      ],
      owner,
    );
    await once(call, 'confirmed');
    await clock.advanceAsync(45_000);
    await expect.poll(() => owner.answers, { interval: 5 }).toEqual([expect.stringContaining('m=audio 6002')]);
    const ended = once(call, 'ended');
    call.bye();
    await ended;
    await sipp?.succeeded();
  });
});
