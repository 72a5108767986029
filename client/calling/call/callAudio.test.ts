import { describe, expect, it } from 'vitest';
import { settle } from '../../state/testing/FakeTimers.ts';
import { type Tone, warningTone } from '../audio/index.ts';
import { MicrophoneError } from '../media/index.ts';
import { dialled } from '../testing/dialled.ts';

describe('ringback', () => {
  it('sounds while it rings, in the way of the country, and stops for early media', async () => {
    const { tell, sounding } = await dialled({ country: 'GB' });
    await tell({ state: 'ringing' });
    expect(sounding.map(({ tone }) => tone.frequenciesHz)).toEqual([[400, 450]]);
    expect(sounding[0]?.isStopped).toBe(false);
    await tell({ state: 'earlyMedia', hasEarlyMedia: true });
    expect(sounding[0]?.isStopped).toBe(true);
  });

  it('stops for early media that comes while it still counts as ringing', async () => {
    const { tell, sounding } = await dialled();
    await tell({ state: 'ringing' });
    await tell({ state: 'ringing', hasEarlyMedia: true });
    expect(sounding[0]?.isStopped).toBe(true);
  });

  it('does not begin anew with each status, and stops at the answer', async () => {
    const { tell, sounding } = await dialled();
    await tell({ state: 'ringing' });
    await tell({ state: 'ringing' });
    expect(sounding).toHaveLength(1);
    await tell({ state: 'established', answeredAt: 1 });
    expect(sounding[0]?.isStopped).toBe(true);
  });

  it('sounds again while the gateway’s other number rings, until it is heard or comes to nothing', async () => {
    const { tell, sounding } = await dialled();
    const talking = { state: 'established', answeredAt: 1 } as const;
    const to = '+12025550177';
    await tell(talking);
    await tell({ ...talking, referral: { to, isRinging: false } });
    expect(sounding).toEqual([]);
    await tell({ ...talking, referral: { to, isRinging: true } });
    expect(sounding.map(({ isStopped }) => isStopped)).toEqual([false]);
    await tell({ ...talking, calledNumber: to });
    expect(sounding.map(({ isStopped }) => isStopped)).toEqual([true]);
  });

  it('gives way to the busy tone', async () => {
    const { tell, sounding } = await dialled();
    await tell({ state: 'ringing' });
    await tell({ state: 'ended', end: { outcome: 'busy', by: 'called' } });
    expect(sounding.map(({ tone }) => tone.frequenciesHz)).toEqual([
      [440, 480],
      [480, 620],
    ]);
    expect(sounding[0]?.isStopped).toBe(true);
  });
});

describe('the audio of a call', () => {
  it('mutes by the track, and tells the bridge', async () => {
    const { phone, microphone, transport } = await dialled();
    phone.setMuted(true);
    await settle();
    expect(microphone.tracks[0]?.enabled).toBe(false);
    expect(transport.named('call:mute')[0]?.payload.isMuted).toBe(true);
  });

  it('stays muted with another microphone', async () => {
    const { phone, microphone } = await dialled();
    phone.setMuted(true);
    microphone.chosenDeviceId.set('other');
    await settle();
    expect(microphone.tracks.map(({ enabled, isStopped }) => [enabled, isStopped])).toEqual([
      [false, true],
      [false, false],
    ]);
  });

  it('offers anew with the gateway’s codec first where the browser cannot switch', async () => {
    const { phone, media, transport } = await dialled();
    if (media[0]) media[0].canSwitch = false;
    const callId = phone.call.get()?.callId;
    transport.notify('media:codec', { callId, codec: 'PCMU', payloadType: 0 });
    await settle();
    expect(media.map(({ firstCodec, isClosed }) => [firstCodec, isClosed])).toEqual([
      [undefined, true],
      ['PCMU', false],
    ]);
    expect(media[1]?.answers).toEqual(['v=0 answer to v=0 offer of media-2']);
  });

  it('offers nothing anew where the browser can switch its codec', async () => {
    const { phone, media, transport } = await dialled();
    transport.notify('media:codec', { callId: phone.call.get()?.callId, codec: 'PCMU', payloadType: 0 });
    await settle();
    expect(media).toHaveLength(1);
    expect(transport.named('media:offer')).toHaveLength(0);
  });

  it('makes a new way when the relay lost the old one', async () => {
    const { phone, media, transport } = await dialled();
    transport.notify('media:restart', { callId: phone.call.get()?.callId });
    await settle();
    expect(transport.named('media:offer')).toHaveLength(1);
    expect(media.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  });

  it('makes a new way as soon as the present one is interrupted, and one alone', async () => {
    const { phone, media, transport, timers } = await dialled();
    media[0]?.events.emit('interrupted', undefined);
    expect(phone.call.get()?.audio).toBe('interrupted');
    await settle();
    expect(transport.named('media:offer')).toHaveLength(1);
    media[1]?.events.emit('connected', undefined);
    expect(phone.call.get()?.audio).toBe('connected');
    await timers.advance(60_000);
    expect(transport.named('media:offer')).toHaveLength(1);
  });

  it('makes another way where the worker dies while one is being made', async () => {
    const { phone, media, transport } = await dialled();
    transport.answers.delete('media:offer');
    const callId = phone.call.get()?.callId;
    transport.notify('media:restart', { callId });
    await settle();
    transport.notify('media:restart', { callId });
    transport.notify('media:restart', { callId });
    await settle();
    expect(transport.named('media:offer')).toHaveLength(1);
    transport.named('media:offer')[0]?.ack({ ok: true, data: { answer: 'v=0 of the worker that died' } });
    await settle();
    expect(transport.named('media:offer')).toHaveLength(2);
    transport.named('media:offer')[1]?.ack({ ok: true, data: { answer: 'v=0 of the next' } });
    await settle();
    expect(transport.named('media:offer')).toHaveLength(2);
    expect(media.filter(({ isClosed }) => !isClosed)).toHaveLength(1);
  });

  it('takes another microphone when the present one is unplugged, and says when there is none', async () => {
    const { phone, microphone } = await dialled();
    microphone.tracks[0]?.dispatchEvent(new Event('ended'));
    await settle();
    expect(microphone.tracks).toHaveLength(2);
    microphone.next = () => Promise.reject(new MicrophoneError('notFound'));
    microphone.tracks[1]?.dispatchEvent(new Event('ended'));
    await settle();
    expect(phone.call.get()?.microphoneLost).toBe('notFound');
  });
});

describe('the warning of a limit', () => {
  const limit = { endsAt: 1, error: { code: 'maxDurationReached', message: 'x' } } as const;
  const beeps = (sounding: readonly { tone: Tone }[]) => sounding.filter(({ tone }) => tone === warningTone).length;

  it('is heard once as two beeps, however often its time changes', async () => {
    const { sounding, tell } = await dialled();
    await tell({ state: 'established', answeredAt: 1 });
    expect(beeps(sounding)).toBe(0);
    await tell({ state: 'established', answeredAt: 1, limit });
    await tell({ state: 'established', answeredAt: 1, limit: { ...limit, endsAt: 2 } });
    expect(beeps(sounding)).toBe(1);
  });

  it('is heard again when it was withdrawn and comes back', async () => {
    const { sounding, tell } = await dialled();
    await tell({ state: 'established', answeredAt: 1, limit });
    await tell({ state: 'established', answeredAt: 1, limit: null });
    await tell({ state: 'established', answeredAt: 1, limit });
    expect(beeps(sounding)).toBe(2);
  });
});
