import { beforeEach, describe, expect, it } from 'vitest';
import type { CallId } from '../../../shared/domain/index.ts';
import { MediaError } from '../../media-relay/index.ts';
import { type BenchDevice, device, HandOverBench } from './testing/HandOverBench.ts';

const visitor = { entry: { kind: 'embedKey', embedKeyId: 'k1' as never, origin: 'https://a.example' } } as const;

describe('A call that another device takes over', () => {
  let bench: HandOverBench;
  let laptop: BenchDevice;
  let phone: BenchDevice;
  let callId: CallId;

  beforeEach(async () => {
    bench = await HandOverBench.create();
    laptop = device('alice', 'laptop');
    phone = device('alice', 'phone');
    bench.connect(laptop);
    bench.connect(phone);
    callId = await bench.talk(laptop);
  });

  it('is the new one’s, which is answered and told a key, and the one before is told where it is', async () => {
    const ack = await bench.reattach(phone, callId);
    expect(ack).toMatchObject({ answer: 'answer to offer of phone', status: { callId, state: 'established' } });
    expect(laptop.all('call:moved')).toEqual([{ callId, to: { deviceId: 'phone', name: 'the phone' } }]);
    expect(phone.all('call:moved')).toEqual([]);
    expect(phone.last('call:resumeKey')).toMatchObject({ callId });
    bench.director.hangUp(laptop.client, callId);
    expect(bench.director.find(callId)?.client).toBe(phone.client);
    bench.director.hangUp(phone.client, callId);
    expect(bench.director.find(callId)).toBeUndefined();
  });

  it('lets no other person have it, with the key or without', async () => {
    const bob = device('bob', 'laptop');
    bench.connect(bob);
    await expect(bench.reattach(bob, callId)).rejects.toMatchObject({ code: 'callNotFound' });
    await expect(bench.reattach(bob, callId, laptop.key)).rejects.toMatchObject({ code: 'resumeKeyInvalid' });
    expect(bench.director.handler(laptop.client, callId).client).toBe(laptop.client);
    await expect(bench.reattach(phone, callId, laptop.key)).resolves.toBeDefined();
  });

  it('takes a key once, and then the one that it told the new device', async () => {
    const { key } = laptop;
    await bench.reattach(phone, callId, key);
    await expect(bench.reattach(laptop, callId, key)).rejects.toMatchObject({ code: 'resumeKeyInvalid' });
    await expect(bench.reattach(phone, callId, 'k'.repeat(22))).rejects.toMatchObject({ code: 'resumeKeyInvalid' });
    await bench.reattach(laptop, callId, phone.key);
    expect(phone.all('call:moved')).toHaveLength(1);
    expect(bench.director.handlersOf(laptop.client)).toHaveLength(1);
  });

  it('takes a key once also where two come with it at the same time', async () => {
    const { key } = laptop;
    const tries = await Promise.allSettled([bench.reattach(phone, callId, key), bench.reattach(laptop, callId, key)]);
    expect(tries.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(bench.director.find(callId)?.client).toBe(phone.client);
  });

  it('replaces the key when its device comes again', async () => {
    const first = laptop.key;
    bench.connect(laptop);
    expect(laptop.key).not.toBe(first);
    await expect(bench.reattach(phone, callId, first)).rejects.toMatchObject({ code: 'resumeKeyInvalid' });
    await bench.reattach(phone, callId, laptop.key);
  });

  it('knows no key of a call that is over', async () => {
    const { key } = laptop;
    bench.director.hangUp(laptop.client, callId);
    await expect(bench.reattach(phone, callId, key)).rejects.toMatchObject({ code: 'callNotFound' });
    await bench.settle();
    await expect(bench.reattach(phone, callId, key)).rejects.toMatchObject({ code: 'callNotFound' });
  });

  it('comes to a browser that crashed and opened again as another device, within the window', async () => {
    const { key } = laptop;
    bench.disconnect(laptop);
    await bench.clock.advanceAsync(29_999);
    const reopened = device('alice', 'reopened');
    bench.connect(reopened);
    await bench.reattach(reopened, callId, key);
    await bench.clock.advanceAsync(60_000);
    expect(bench.director.find(callId)?.status.state).toBe('established');
  });

  it('comes to a visitor’s other device with the key alone, and to the same one also without', async () => {
    const [before, after] = [device('visitor', 'tab', visitor), device('visitor', 'tab2', visitor)];
    bench.connect(before);
    bench.connect(after);
    const theirs = await bench.talk(before);
    await expect(bench.reattach(after, theirs)).rejects.toMatchObject({ code: 'forbidden' });
    await bench.reattach(before, theirs);
    await bench.reattach(after, theirs, before.key);
    expect(before.all('call:moved')).toHaveLength(1);
  });

  it('can be one that still rings', async () => {
    const ringing = await bench.dial(laptop);
    const { status } = await bench.reattach(phone, ringing);
    expect(status.state).toBe('ringing');
    bench.sip.last.emit('answered', { sdp: 'sdp' });
    await bench.settle();
    expect(phone.last('call:status')).toMatchObject({ callId: ringing, state: 'established' });
  });

  it('is told to nobody as moved where the same device takes it', async () => {
    await bench.reattach(laptop, callId, laptop.key);
    expect(laptop.all('call:moved')).toEqual([]);
    expect(laptop.all('call:resumeKey')).toHaveLength(2);
  });

  it('stays where it is when the new one’s offer can’t be used, and the key stays good', async () => {
    const { key } = laptop;
    bench.session.offerError = new MediaError('badOffer', 'unreadable');
    await expect(bench.reattach(phone, callId, key)).rejects.toMatchObject({ code: 'badOffer' });
    expect(bench.director.find(callId)?.client).toBe(laptop.client);
    expect(laptop.all('call:moved')).toEqual([]);
    bench.session.offerError = null;
    await bench.reattach(phone, callId, key);
    expect(bench.director.find(callId)?.client).toBe(phone.client);
  });

  it('is not taken back from whoever took it while another’s offer failed', async () => {
    const { session } = bench;
    const accept = session.acceptBrowserOffer.bind(session);
    session.acceptBrowserOffer = async (offer) => {
      if (offer === 'offer of phone') throw new MediaError('badOffer', 'unreadable');
      return accept(offer);
    };
    const tablet = device('alice', 'tablet');
    bench.connect(tablet);
    const tries = await Promise.allSettled([bench.reattach(phone, callId), bench.reattach(tablet, callId)]);
    expect(tries.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(bench.director.find(callId)?.client).toBe(tablet.client);
  });
});

describe('The key of a link or QR code', () => {
  let bench: HandOverBench;
  let laptop: BenchDevice;
  let phone: BenchDevice;
  let callId: CallId;

  beforeEach(async () => {
    bench = await HandOverBench.create();
    laptop = device('alice', 'laptop');
    phone = device('alice', 'phone');
    bench.connect(laptop);
    bench.connect(phone);
    callId = await bench.talk(laptop);
  });

  it('is good for two minutes, beside the one that the device has', async () => {
    const { resumeKey, expiresAtMs } = bench.handOver.handOver(laptop.client, callId);
    expect(expiresAtMs).toBe(bench.clock.now() + 120_000);
    expect(resumeKey).toMatch(/^[\w-]{22}$/);
    await bench.clock.advanceAsync(119_999);
    await bench.reattach(phone, callId, resumeKey);
    await expect(bench.reattach(laptop, callId, resumeKey)).rejects.toMatchObject({ code: 'resumeKeyInvalid' });
  });

  it('is worth nothing after them, while the device’s own still is', async () => {
    const { resumeKey } = bench.handOver.handOver(laptop.client, callId);
    await bench.clock.advanceAsync(120_000);
    await expect(bench.reattach(phone, callId, resumeKey)).rejects.toMatchObject({ code: 'resumeKeyInvalid' });
    await bench.reattach(phone, callId, laptop.key);
  });

  it('is worth nothing after a later one, nor once the call has moved', async () => {
    const first = bench.handOver.handOver(laptop.client, callId).resumeKey;
    const second = bench.handOver.handOver(laptop.client, callId).resumeKey;
    await expect(bench.reattach(phone, callId, first)).rejects.toMatchObject({ code: 'resumeKeyInvalid' });
    await bench.reattach(phone, callId, laptop.key);
    await expect(bench.reattach(laptop, callId, second)).rejects.toMatchObject({ code: 'resumeKeyInvalid' });
  });

  it('is given to the device that has the call, and to no visitor', async () => {
    const refused = (code: string) => expect.objectContaining({ code });
    expect(() => bench.handOver.handOver(phone.client, callId)).toThrow(refused('callNotFound'));
    const guest = device('visitor', 'tab', visitor);
    bench.connect(guest);
    const theirs = await bench.talk(guest);
    expect(() => bench.handOver.handOver(guest.client, theirs)).toThrow(refused('forbidden'));
  });
});
