import { beforeEach, describe, expect, it } from 'vitest';
import type { DeviceId } from '../../../shared/domain/index.ts';
import { type BenchDevice, device, HandOverBench } from './testing/HandOverBench.ts';

const visitor = { entry: { kind: 'embedKey', embedKeyId: 'k1' as never, origin: 'https://a.example' } } as const;
const theLaptop = { deviceId: 'laptop', name: 'the laptop' };
const thePhone = { deviceId: 'phone', name: 'the phone' };

describe('What a person’s devices know of each other', () => {
  let bench: HandOverBench;
  let laptop: BenchDevice;
  let phone: BenchDevice;

  beforeEach(async () => {
    bench = await HandOverBench.create();
    laptop = device('alice', 'laptop');
    phone = device('alice', 'phone');
  });

  it('is told when one comes and when it goes, to the others alone', async () => {
    expect(bench.connect(laptop)).toEqual({ devices: [], calls: [] });
    await bench.settle();
    expect(bench.connect(phone)).toEqual({ devices: [theLaptop], calls: [] });
    await bench.settle();
    expect(laptop.all('call:elsewhere')).toEqual([{ devices: [thePhone], calls: [] }]);
    bench.disconnect(phone);
    await bench.settle();
    expect(laptop.all('call:elsewhere')).toHaveLength(2);
    expect(laptop.last('call:elsewhere')).toEqual({ devices: [], calls: [] });
    expect(phone.all('call:elsewhere')).toEqual([]);
  });

  it('is nothing of other people', async () => {
    bench.connect(laptop);
    bench.connect(device('bob', 'phone'));
    await bench.talk(laptop);
    await bench.settle();
    expect(laptop.all('call:elsewhere')).toEqual([]);
  });

  it('names a call from its answer to its end', async () => {
    bench.connect(laptop);
    bench.connect(phone);
    const ringing = await bench.dial(laptop, 'Bob');
    await bench.settle();
    expect(phone.all('call:elsewhere')).toEqual([]);
    bench.sip.last.emit('answered', { sdp: 'sdp' });
    bench.session.emit('browserConnected');
    await bench.settle();
    expect(phone.last('call:elsewhere')).toEqual({
      devices: [theLaptop],
      calls: [
        {
          ...{ callId: ringing, direction: 'outgoing', otherNumber: '+12025550100', otherName: 'Bob' },
          ...{ answeredAt: bench.clock.now(), device: theLaptop, heldUntil: null },
        },
      ],
    });
    bench.director.hangUp(laptop.client, ringing);
    await bench.settle();
    expect(phone.last('call:elsewhere')).toEqual({ devices: [theLaptop], calls: [] });
    expect(laptop.last('call:elsewhere')?.calls ?? []).toEqual([]);
  });

  it('names a call whose device went, and until when it can be taken', async () => {
    bench.connect(laptop);
    bench.connect(phone);
    await bench.talk(laptop);
    bench.disconnect(laptop);
    await bench.settle();
    expect(phone.last('call:elsewhere')).toMatchObject({
      devices: [],
      calls: [{ device: theLaptop, heldUntil: bench.clock.now() + 30_000 }],
    });
    await bench.clock.advanceAsync(30_000);
    expect(phone.last('call:elsewhere')).toEqual({ devices: [], calls: [] });
  });

  it('names it to a device that comes later, and not to the one that comes back for it', async () => {
    bench.connect(laptop);
    const callId = await bench.talk(laptop);
    bench.disconnect(laptop);
    expect(bench.connect(phone)).toMatchObject({ devices: [], calls: [{ callId }] });
    expect(bench.connect(laptop)).toEqual({ devices: [thePhone], calls: [] });
    await bench.settle();
    expect(phone.last('call:elsewhere')).toMatchObject({ devices: [theLaptop], calls: [{ callId, heldUntil: null }] });
  });

  it('follows a call that moves', async () => {
    bench.connect(laptop);
    bench.connect(phone);
    const callId = await bench.talk(laptop);
    await bench.reattach(phone, callId);
    await bench.settle();
    expect(laptop.last('call:elsewhere')).toMatchObject({ calls: [{ callId, device: thePhone }] });
    expect(phone.last('call:elsewhere')).toMatchObject({ calls: [] });
  });

  it('is told once for what changes in one turn, and not where nothing changed', async () => {
    bench.connect(laptop);
    bench.connect(phone);
    bench.connect(device('alice', 'tablet'));
    bench.disconnect(phone);
    await bench.settle();
    expect(laptop.all('call:elsewhere')).toEqual([
      { devices: [{ deviceId: 'tablet', name: 'the tablet' }], calls: [] },
    ]);
    bench.handOver.gone(phone.client);
    await bench.settle();
    expect(laptop.all('call:elsewhere')).toHaveLength(1);
  });

  it('is nothing at all for visitors', async () => {
    const [tab, other] = [device('visitor', 'tab', visitor), device('visitor', 'other', visitor)];
    bench.connect(tab);
    expect(bench.connect(other)).toEqual({ devices: [], calls: [] });
    await bench.talk(tab);
    expect(other.all('call:elsewhere')).toEqual([]);
  });
});

describe('Asking another device whether a call shall go on there', () => {
  it('tells that device what call it is, and moves nothing', async () => {
    const bench = await HandOverBench.create();
    const [laptop, phone] = [device('alice', 'laptop'), device('alice', 'phone')];
    bench.connect(laptop);
    bench.connect(phone);
    const callId = await bench.talk(laptop);
    bench.handOver.push(laptop.client, { messageId: 'm', callId, deviceId: 'phone' as DeviceId });
    expect(phone.all('call:pushed')).toMatchObject([{ call: { callId, device: theLaptop } }]);
    expect(bench.director.find(callId)?.client).toBe(laptop.client);
  });

  it('is refused for a device that isn’t there, itself, a call of nobody yet, another’s call and a visitor', async () => {
    const bench = await HandOverBench.create();
    const [laptop, phone] = [device('alice', 'laptop'), device('alice', 'phone')];
    const [bob, guest] = [device('bob', 'bobs'), device('visitor', 'tab', visitor)];
    for (const one of [laptop, phone, bob, guest]) bench.connect(one);
    const callId = await bench.talk(laptop);
    const push = (one: BenchDevice, to: string, id = callId) =>
      bench.handOver.push(one.client, { messageId: 'm', callId: id, deviceId: to as DeviceId });
    const refused = (code: string) => expect.objectContaining({ code });
    expect(() => push(laptop, 'bobs')).toThrow(refused('deviceGone'));
    expect(() => push(laptop, 'laptop')).toThrow(refused('deviceGone'));
    expect(() => push(phone, 'laptop')).toThrow(refused('callNotFound'));
    expect(() => push(bob, 'bobs')).toThrow(refused('callNotFound'));
    const ringing = await bench.dial(laptop);
    expect(() => push(laptop, 'phone', ringing)).toThrow(refused('notEstablished'));
    const theirs = await bench.talk(guest);
    expect(() => push(guest, 'tab', theirs)).toThrow(refused('forbidden'));
  });
});
