import { describe, expect, it } from 'vitest';
import { settle } from '../../state/testing/FakeTimers.ts';
import { dialled } from '../testing/dialled.ts';

/** A call whose gateway is to answer the browser's new offer itself. */
async function awaiting() {
  const call = await dialled();
  const callId = call.phone.call.get()?.callId;
  call.transport.answers.set('media:offer', () => {
    call.media.at(-1)?.events.emit('candidateFound', 'candidate:1');
    return { ok: true, data: { answer: null } };
  });
  call.transport.notify('media:restart', { callId });
  await settle();
  const media = call.media.at(-1);
  if (media === undefined) throw new Error('no offer was made');
  return { ...call, callId, present: media };
}

describe('an offer that a gateway answers itself', () => {
  it('has its candidates told, those from before the ack at once and the others as they are found', async () => {
    const { transport, present } = await awaiting();
    present.events.emit('candidateFound', 'a=end-of-candidates');
    await settle();
    const told = transport.named('media:candidates').map(({ payload }) => payload.candidates);
    expect(told).toEqual([['candidate:1'], ['a=end-of-candidates']]);
  });

  it('gets its answer later, once, and tells how the connection is', async () => {
    const { transport, present, callId } = await awaiting();
    transport.notify('media:answer', { callId, answer: 'v=0 gateway' });
    transport.notify('media:answer', { callId, answer: 'v=0 much later' });
    await settle();
    expect(present.answers).toEqual(['v=0 gateway']);
    present.events.emit('connected', undefined);
    await settle();
    expect(transport.named('media:state').map(({ payload }) => payload.state)).toEqual(['connected']);
  });
});

describe('an offer that the relay answers', () => {
  it('has neither its candidates nor its state told', async () => {
    const { transport, media } = await dialled();
    media[0]?.events.emit('candidateFound', 'candidate:1');
    media[0]?.events.emit('connected', undefined);
    await settle();
    expect([...transport.named('media:candidates'), ...transport.named('media:state')]).toEqual([]);
  });
});
