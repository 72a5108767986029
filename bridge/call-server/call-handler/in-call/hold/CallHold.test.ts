import { beforeEach, describe, expect, it } from 'vitest';
import { SipRequestError } from '../../../../sip-stack/index.ts';
import { HandlerBench } from '../../testing/HandlerBench.ts';

const refused = new SipRequestError({ status: 488, reason: 'Not Acceptable Here' });

describe('Holding a call', () => {
  let bench: HandlerBench;
  const hold = () => bench.handler.inCall.hold.hold();
  const resume = () => bench.handler.inCall.resume();
  const asked = () => bench.media.asked.slice(bench.media.asked.indexOf('gate closed'));
  const events = (type: string) => bench.events.filter((event) => event.type === type);

  beforeEach(async () => {
    bench = new HandlerBench();
    await bench.establish();
  });

  it('lets neither side hear the other at once, and plays music to the gateway, which is told to listen only', async () => {
    const held = hold();
    await bench.settle();
    await held;
    expect(asked()).toEqual([
      'gate closed',
      'play music',
      'reoffer sendonly',
      'gateway answer answer to sendonly offer',
    ]);
    expect(bench.sip.last.commands).toEqual(['reinvite sendonly offer']);
    expect(bench.channel.statuses.at(-1)).toMatchObject({ isOnHold: true, isHeldByOther: false, state: 'established' });
    expect(events('held')).toEqual([{ type: 'held', isMusic: true }]);
  });

  it('opens the gate only when the gateway takes part again', async () => {
    await hold();
    await resume();
    expect(asked().slice(4)).toEqual([
      'reoffer sendrecv',
      'gateway answer answer to sendrecv offer',
      'play null',
      'gate open',
    ]);
    expect(bench.handler.status.isOnHold).toBe(false);
    expect(events('resumed')).toHaveLength(1);
  });

  it('plays silence where the gateway shall have no music', async () => {
    bench = new HandlerBench({ gateways: [{ id: 'gw1', inCall: { hasHoldMusic: false } }] });
    await bench.establish();
    await hold();
    expect(asked()).toContain('play silence');
    expect(asked()).not.toContain('play music');
    expect(events('held')).toEqual([{ type: 'held', isMusic: false }]);
  });

  it('is no error twice, and asks the gateway once', async () => {
    await Promise.all([hold(), hold()]);
    await Promise.all([resume(), resume()]);
    expect(bench.sip.last.commands).toEqual(['reinvite sendonly offer', 'reinvite sendrecv offer']);
  });

  it('does one after another, in the order in which they were asked for', async () => {
    await Promise.all([hold(), resume(), hold()]);
    expect(bench.sip.last.commands).toEqual([
      'reinvite sendonly offer',
      'reinvite sendrecv offer',
      'reinvite sendonly offer',
    ]);
    expect(bench.handler.status.isOnHold).toBe(true);
  });

  describe('where the gateway refuses', () => {
    it('is held by us alone, and goes on without asking it', async () => {
      bench.sip.last.reinviteError = refused;
      await hold();
      expect(bench.handler.status.isOnHold).toBe(true);
      expect(events('held')).toMatchObject([{ isByUsAlone: true, sipStatus: 488 }]);
      await resume();
      expect(bench.sip.last.commands).toEqual(['reinvite sendonly offer']);
      expect(bench.media.asked.slice(-2)).toEqual(['play null', 'gate open']);
      expect(bench.handler.status.isOnHold).toBe(false);
    });

    it('stays on hold when it is the going on that it refuses, and can be tried again', async () => {
      await hold();
      bench.sip.last.reinviteError = refused;
      await expect(resume()).rejects.toMatchObject({ code: 'holdRefused' });
      expect(bench.handler.status.isOnHold).toBe(true);
      expect(bench.media.asked).not.toContain('gate open');
      bench.sip.last.reinviteError = null;
      await resume();
      expect(bench.handler.status.isOnHold).toBe(false);
    });
  });

  it('ends with the call that ended meanwhile', async () => {
    bench.sip.last.reinvite = async () => {
      bench.sip.last.emit('ended', { by: 'remote', status: 481 });
      throw new SipRequestError({ status: 481, reason: '' });
    };
    await expect(hold()).rejects.toMatchObject({ code: 'callEnded' });
    await bench.settle();
    expect(events('held')).toEqual([]);
    await expect(resume()).rejects.toMatchObject({ code: 'callEnded' });
    bench.expectAllFreed();
  });

  it('is for answered calls only', async () => {
    bench = new HandlerBench();
    await bench.ring();
    await expect(hold()).rejects.toMatchObject({ code: 'notEstablished' });
  });

  describe('by the other side', () => {
    it.each(['sendonly', 'inactive'] as const)('is told when it offers %s, and when it goes on', async (direction) => {
      bench.media.emit('gatewayDirectionChanged', direction);
      bench.media.emit('gatewayDirectionChanged', direction);
      await bench.settle();
      expect(bench.channel.statuses.at(-1)).toMatchObject({ isHeldByOther: true, isOnHold: false });
      bench.media.emit('gatewayDirectionChanged', 'sendrecv');
      await bench.settle();
      expect(bench.channel.statuses.at(-1)).toMatchObject({ isHeldByOther: false });
      expect(events('heldByOther')).toHaveLength(1);
      expect(events('resumedByOther')).toHaveLength(1);
    });

    it('may be at once with ours, and shows in its answer when we go on', async () => {
      await hold();
      bench.media.answeredDirection = 'sendonly';
      await resume();
      expect(bench.handler.status).toMatchObject({ isOnHold: false, isHeldByOther: true });
    });

    it('is nothing before the answer, when it only says which way its early media goes', async () => {
      bench = new HandlerBench();
      await bench.ring();
      bench.media.emit('gatewayDirectionChanged', 'sendonly');
      expect(bench.handler.status.isHeldByOther).toBe(false);
    });
  });
});
