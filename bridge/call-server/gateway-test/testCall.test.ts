import { describe, expect, it } from 'vitest';
import { MediaError } from '../../media-relay/index.ts';
import { openTester } from './testing/openTester.ts';

const number = '+4930123';

async function called(entry: object = {}) {
  const test = openTester(entry);
  await test.start(number);
  await test.clock.advanceAsync(0);
  const session = test.media[0];
  if (session === undefined) throw new Error('no audio was opened');
  const callOutcomes = async () => (await test.outcomes()).slice(3);
  return { ...test, session, callOutcomes };
}

async function answered(entry: object = {}) {
  const test = await called(entry);
  test.sip.last.emit('progress', { status: 180, reason: 'Ringing', sdp: null });
  await test.clock.advanceAsync(2000);
  test.sip.last.emit('answered', { sdp: 'answer' });
  await test.clock.advanceAsync(50);
  return test;
}

describe('A test with a call', () => {
  it('goes through the whole of it', async () => {
    const { session, callOutcomes, textOf, read, clock, sip, requests, proxyServer } = await answered();
    expect(requests).toMatchObject([{ sendsSilence: true }]);
    session.gateway = { ...session.gateway, packetsIn: 3 };
    session.mos = 4.41;
    await clock.advanceAsync(50);
    session.gateway = { ...session.gateway, packetsIn: 53, isEncrypted: true };
    await clock.advanceAsync(1100);
    expect(await callOutcomes()).toEqual([
      'invite passed',
      'ringing passed',
      'answer passed',
      'audio passed',
      'hangUp passed',
    ]);
    expect(await textOf('invite')).toBe('192.0.2.1:5060 (UDP) took the INVITE for +4930123.');
    expect(await textOf('ringing')).toBe('It rings (180) after 0.1 s.');
    expect(await textOf('answer')).toBe('Answered after 2.0 s: PCMU, not encrypted.');
    expect(await textOf('audio')).toBe('Audio comes: 53 packets of PCMU, encrypted, estimated quality 4.4 of 4.5.');
    expect(await textOf('hangUp')).toBe('We hung up, and it confirmed that.');
    expect((await read()).state).toBe('passed');
    expect(sip.last.commands).toEqual(['bye']);
    expect(session.isClosed).toBe(true);
    expect(proxyServer.placed).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('is made as real calls are: number, caller ID, codecs', async () => {
    const { sip, session } = await called({
      calledNumberRules: [{ match: '+49', strip: 3, add: '0' }],
      callerId: { header: 'P-Asserted-Identity' },
      codecs: ['PCMA'],
    });
    expect(sip.last.request).toMatchObject({
      calledNumber: '030123',
      from: { user: '+12025550199' },
      identity: { header: 'P-Asserted-Identity' },
      callId: 'test-test1',
    });
    expect(session.asked).toEqual(['gateway offer PCMA to 192.0.2.1']);
  });

  it.each([
    [401, {}, 'enter them as credentials'],
    [407, { credentials: { userName: 'a', password: 'b' } }, 'doesn’t accept the user name or the password'],
    [403, {}, 'caller ID'],
    [404, {}, 'rules for called numbers'],
    [486, {}, 'busy'],
    [488, { srtp: 'required' }, 'encryption required'],
    [503, {}, 'takes no calls now'],
    [500, {}, 'fault of its own'],
    [420, {}, 'doesn’t take the call'],
  ])('says what an answer of %i means', async (status, entry, words) => {
    const { sip, clock, callOutcomes, textOf, read } = await called(entry);
    sip.last.fail(status, { reason: 'Why' });
    await clock.advanceAsync(50);
    expect(await callOutcomes()).toEqual([
      'invite failed',
      'ringing skipped',
      'answer skipped',
      'audio skipped',
      'hangUp skipped',
    ]);
    expect(await textOf('invite')).toContain(`${status} Why`);
    expect(await textOf('invite')).toContain(words);
    expect((await read()).state).toBe('failed');
  });

  it('tells a refusal after ringing from one at once', async () => {
    const { sip, clock, callOutcomes, textOf } = await called();
    sip.last.emit('trying');
    await clock.advanceAsync(50);
    sip.last.emit('progress', { status: 180, reason: 'Ringing', sdp: null });
    await clock.advanceAsync(50);
    sip.last.fail(603);
    await clock.advanceAsync(50);
    expect((await callOutcomes()).slice(0, 3)).toEqual(['invite passed', 'ringing passed', 'answer failed']);
    expect(await textOf('answer')).toContain('declined');
  });

  it('goes to the next place when one is silent, and says so when all are', async () => {
    const test = openTester();
    test.sip.places.set('gw1', ['192.0.2.1', '192.0.2.2']);
    await test.start(number);
    await test.clock.advanceAsync(4999);
    expect(test.sip.tried).toEqual(['gw1 192.0.2.1']);
    await test.clock.advanceAsync(1);
    expect(test.sip.tried).toEqual(['gw1 192.0.2.1', 'gw1 192.0.2.2']);
    expect(test.sip.calls[0]?.commands).toEqual(['cancel']);
    test.sip.last.emit('failed', { kind: 'transport', reason: 'connect ECONNREFUSED' });
    await test.clock.advanceAsync(50);
    const text = await test.textOf('invite');
    expect(text).toContain('192.0.2.1:5060 (UDP): It gave no answer');
    expect(text).toContain('192.0.2.2:5060 (UDP): It could not be reached');
    expect(text).toContain('Nothing listens');
  });

  it('waits no longer than 45 s for an answer, and less than 60 s in all', async () => {
    const { sip, clock, callOutcomes, textOf } = await called();
    sip.last.emit('progress', { status: 183, reason: 'Session Progress', sdp: 'early' });
    await clock.advanceAsync(44_950);
    expect(await callOutcomes()).toContain('answer running');
    await clock.advanceAsync(100);
    expect(await callOutcomes()).toContain('answer failed');
    expect(await textOf('answer')).toContain('Nobody answered within 45.0 s');
    expect(sip.last.commands).toEqual(['bye']);
  });

  it('says when it answers without ringing', async () => {
    const { sip, clock, callOutcomes } = await called();
    sip.last.emit('answered', { sdp: 'answer' });
    await clock.advanceAsync(50);
    expect((await callOutcomes()).slice(0, 3)).toEqual(['invite passed', 'ringing skipped', 'answer passed']);
  });

  it.each([
    [new MediaError('noCommonCodec', 'none of the offer'), 'No common codec'],
    [new MediaError('notEncrypted', 'no key'), 'SRTP setting'],
    [new MediaError('badAnswer', 'no address'), 'no address'],
  ])('hangs up when the audio of the answer is of no use: %s', async (error, words) => {
    const { sip, session, clock, callOutcomes, textOf } = await called();
    session.answerError = error;
    sip.last.emit('answered', { sdp: 'answer' });
    await clock.advanceAsync(50);
    expect(await callOutcomes()).toContain('answer failed');
    expect(await textOf('answer')).toContain(words);
    expect(sip.last.commands).toEqual(['bye']);
  });

  it('waits five seconds for audio, says what to look at, and hangs up all the same', async () => {
    const { clock, callOutcomes, textOf } = await answered();
    await clock.advanceAsync(4900);
    expect(await callOutcomes()).toContain('audio running');
    await clock.advanceAsync(100);
    expect((await callOutcomes()).slice(3)).toEqual(['audio failed', 'hangUp passed']);
    expect(await textOf('audio')).toContain('media.announcedAddress');
  });

  it('tells audio that can’t be decrypted from none', async () => {
    const { session, clock, textOf } = await answered();
    session.packetsRejected = 100;
    await clock.advanceAsync(5000);
    expect(await textOf('audio')).toContain('could not be decrypted');
  });

  it('says when the other side hung up by itself', async () => {
    const { sip, session, clock, callOutcomes, textOf } = await answered();
    session.gateway = { ...session.gateway, packetsIn: 5 };
    await clock.advanceAsync(50);
    sip.last.emit('ended', { by: 'remote' });
    await clock.advanceAsync(50);
    expect((await callOutcomes()).slice(3)).toEqual(['audio passed', 'hangUp passed']);
    expect(await textOf('hangUp')).toContain('by itself');
    expect(sip.last.commands).toEqual([]);
  });

  it('says when our BYE isn’t answered', async () => {
    const { sip, session, clock, callOutcomes } = await answered();
    sip.last.isSilent = true;
    session.gateway = { ...session.gateway, packetsIn: 5 };
    await clock.advanceAsync(1200);
    sip.last.emit('ended', { by: 'local' });
    await clock.advanceAsync(50);
    expect(await callOutcomes()).toContain('hangUp failed');
  });

  it.each([
    ['full', 'as many calls as it may have'],
    ['tooFast', 'as many new calls a second'],
  ] as const)('isn’t made where the gateway is %s', async (obstacle, words) => {
    const { start, proxyServer, clock, sip, outcomes, textOf } = openTester();
    proxyServer.obstacles.set('gw1', obstacle);
    await start(number);
    await clock.advanceAsync(0);
    expect(sip.calls).toHaveLength(0);
    expect(await outcomes()).toContain('invite failed');
    expect(await textOf('invite')).toContain(words);
  });

  it('is made, with a word in the log, where nobody can say whether the gateway has a place', async () => {
    const { start, proxyServer, clock, sip, logger } = openTester();
    proxyServer.obstacles.set('gw1', new Error('the storage is away'));
    await start(number);
    await clock.advanceAsync(0);
    expect(sip.calls).toHaveLength(1);
    expect(logger.lines).toMatchObject([{ level: 'warn', fields: { gatewayId: 'gw1' } }]);
  });
});
