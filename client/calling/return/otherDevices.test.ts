import { describe, expect, it } from 'vitest';
import type { CallId, DeviceId } from '../../../shared/domain/index.ts';
import type { CallElsewhere } from '../../../shared/protocol/index.ts';
import { settle } from '../../state/testing/FakeTimers.ts';
import { callStatus } from '../testing/callStatus.ts';
import { dialled } from '../testing/dialled.ts';
import { helloAnswer } from '../testing/helloAnswer.ts';
import { makePhone } from '../testing/makePhone.ts';
import { deviceName } from './deviceName.ts';
import { continuationLink, takeContinuation } from './takeContinuation.ts';

const callId = '0b9f7b52-1' as CallId;
const phoneDevice = { deviceId: 'device-2' as DeviceId, name: 'Chrome on Android' };
const startMs = 1_700_000_000_000;
const there: CallElsewhere = {
  callId,
  direction: 'incoming',
  otherNumber: '+12025550177',
  otherName: 'Anna',
  answeredAt: startMs - 60_000,
  device: phoneDevice,
  heldUntil: null,
};

async function connected(calls: readonly CallElsewhere[] = [there]) {
  const made = makePhone();
  const hello = helloAnswer();
  const elsewhere = { devices: [phoneDevice], calls };
  made.transport.answers.set('session:hello', () => ({ ...hello, data: { ...hello.data, elsewhere } }));
  made.transport.answers.set('call:reattach', () => ({
    ok: true,
    data: {
      answer: 'v=0 the answer',
      status: callStatus({ callId, state: 'established', answeredAt: startMs - 60_000 }),
    },
  }));
  made.transport.connect();
  await settle();
  return made;
}

describe('calls at other devices', () => {
  it('are known from hello, and from each change', async () => {
    const { otherDevices, transport } = await connected();
    expect(otherDevices.elsewhere.get()).toEqual({ devices: [phoneDevice], calls: [there] });
    transport.notify('call:elsewhere', { devices: [], calls: [] });
    expect(otherDevices.elsewhere.get()).toEqual({ devices: [], calls: [] });
  });

  it('have their times by this machine’s clock', async () => {
    const { otherDevices, transport, timers } = makePhone();
    const hello = helloAnswer([], timers.now() + 5_000);
    const elsewhere = { devices: [], calls: [{ ...there, heldUntil: startMs + 10_000 }] };
    transport.answers.set('session:hello', () => ({ ...hello, data: { ...hello.data, elsewhere } }));
    transport.connect();
    await settle();
    expect(otherDevices.elsewhere.get().calls[0]).toMatchObject({
      answeredAt: startMs - 65_000,
      heldUntil: startMs + 5_000,
    });
  });

  it('are taken by one message, without a key', async () => {
    const { otherDevices, transport, phone } = await connected();
    otherDevices.take(there);
    expect(phone.call.get()).toMatchObject({ callId, takesOver: 'other', name: 'Anna', direction: 'incoming' });
    await settle();
    const [request] = transport.named('call:reattach');
    expect(request?.payload).toMatchObject({ callId });
    expect(request?.payload).not.toHaveProperty('resumeKey');
    expect(phone.call.get()).toMatchObject({ phase: 'established', takesOver: null });
  });

  it('that are pushed here ask until they are here, or there no longer', async () => {
    const { otherDevices, transport } = await connected();
    transport.notify('call:pushed', { call: there });
    expect(otherDevices.pushed.get()).toMatchObject({ callId, device: phoneDevice });
    transport.notify('call:elsewhere', { devices: [phoneDevice], calls: [there] });
    expect(otherDevices.pushed.get()).not.toBeNull();
    transport.notify('call:elsewhere', { devices: [phoneDevice], calls: [] });
    expect(otherDevices.pushed.get()).toBeNull();
    transport.notify('call:elsewhere', { devices: [phoneDevice], calls: [there] });
    transport.notify('call:pushed', { call: there });
    otherDevices.take(there);
    expect(otherDevices.pushed.get()).toBeNull();
  });

  it('that are not given say why, and stay where they are', async () => {
    const { otherDevices, transport, phone, microphone } = await connected();
    microphone.granted = false;
    microphone.next = async () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    otherDevices.take(there);
    await settle();
    expect(phone.call.get()).toMatchObject({ phase: 'ended', end: { microphone: expect.any(String) } });
    expect(transport.named('call:reattach')).toHaveLength(0);
    expect(transport.named('call:hangUp')).toHaveLength(0);
    expect(transport.named('call:decline')).toHaveLength(0);
  });

  it('can’t be taken while one that is up here is not answered yet', async () => {
    const { phone, otherDevices } = await dialled();
    expect(otherDevices.take(there)).toBe(false);
    expect(phone.calls.get()).toHaveLength(1);
  });
});

describe('a call that goes to another device', () => {
  it('is asked for there', async () => {
    const { phone, otherDevices, transport } = await dialled();
    const id = phone.call.get()?.callId as CallId;
    await otherDevices.push(id, phoneDevice.deviceId);
    expect(transport.named('call:push')[0]?.payload).toMatchObject({ callId: id, deviceId: 'device-2' });
  });

  it('has a link that another device opens', async () => {
    const { phone, otherDevices, transport, timers } = await dialled();
    const id = phone.call.get()?.callId as CallId;
    const resumeKey = 'a-further_key-of-128-bits';
    const expiresAtMs = timers.now() + 120_000;
    transport.answers.set('call:handOver', () => ({ ok: true, data: { resumeKey, expiresAtMs } }));
    const link = await otherDevices.makeLink(id);
    expect(link).toEqual({ url: `https://phone.example.com/#continue=${id}.${resumeKey}`, expiresAtMs });
  });

  it('ends here with the name of the device, and without a word to the bridge', async () => {
    const { phone, transport, kept, media } = await dialled();
    const id = phone.call.get()?.callId as CallId;
    transport.notify('call:moved', { callId: id, to: phoneDevice });
    expect(phone.call.get()).toMatchObject({ phase: 'ended', end: { movedTo: 'Chrome on Android' } });
    await settle();
    expect(transport.named('call:hangUp')).toHaveLength(0);
    expect(kept.all()).toEqual([]);
    expect(media.every(({ isClosed }) => isClosed)).toBe(true);
  });

  it('is said to be there, too, where it went while this page was away', async () => {
    const { phone, transport, timers } = await dialled();
    const id = phone.call.get()?.callId as CallId;
    transport.disconnect();
    const hello = helloAnswer([], timers.now());
    const elsewhere = { devices: [phoneDevice], calls: [{ ...there, callId: id }] };
    transport.answers.set('session:hello', () => ({ ...hello, data: { ...hello.data, elsewhere } }));
    transport.connect();
    await settle();
    expect(phone.call.get()?.end).toMatchObject({ movedTo: 'Chrome on Android' });
  });
});

describe('a link to a call', () => {
  const opened = (url: string) => {
    const { hash, pathname, search } = new URL(url);
    const replaced: unknown[] = [];
    const history = { state: null, replaceState: (...[, , path]: unknown[]) => replaced.push(path) };
    const taken = takeContinuation({ hash, pathname, search } as Location, history as unknown as History);
    return { taken, replaced };
  };

  it('is taken out of the address', () => {
    const key = { callId, resumeKey: 'key_-0123456789abcdef' };
    const { taken, replaced } = opened(continuationLink(key, 'https://phone.example.com'));
    expect(taken).toEqual(key);
    expect(replaced).toEqual(['/']);
  });

  it.each(['#continue=', '#continue=abc', '#continue=.key', '#continue=abc.', '#continue=%E0%A4%A'])(
    'is nothing where it is damaged: %s',
    (hash) => {
      expect(opened(`https://phone.example.com/${hash}`).taken).toBeNull();
    },
  );

  it('leaves other addresses alone', () => {
    expect(opened('https://phone.example.com/#token=abc')).toEqual({ taken: null, replaced: [] });
  });

  it('moves the call as soon as the bridge is there', async () => {
    const made = makePhone();
    const hello = helloAnswer();
    const elsewhere = { devices: [phoneDevice], calls: [there] };
    made.transport.answers.set('session:hello', () => ({ ...hello, data: { ...hello.data, elsewhere } }));
    made.otherDevices.continueHere({ callId, resumeKey: 'key_-0123456789abcdef' });
    expect(made.phone.isInCall).toBe(false);
    made.transport.connect();
    await settle();
    expect(made.phone.call.get()).toMatchObject({ callId, name: 'Anna', takesOver: 'other' });
    expect(made.transport.named('call:reattach')[0]?.payload).toMatchObject({ resumeKey: 'key_-0123456789abcdef' });
  });
});

describe('the name of a device', () => {
  const chrome =
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36';
  it.each([
    [chrome, 'en', 'Chrome on Android'],
    [chrome, 'de-AT', 'Chrome auf Android'],
    [chrome, 'nl', 'Chrome on Android'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'fr', 'Firefox sur Linux'],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0', 'es', 'Edge en Windows'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1',
      'en',
      'Safari on iPhone',
    ],
    ['curl/8', 'en', 'Browser'],
  ])('%s is in %s: %s', (userAgent, language, name) => {
    expect(deviceName(userAgent, language)).toBe(name);
  });
});
