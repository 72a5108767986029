import { describe, expect, it } from 'vitest';
import type { CallSipMessage, LegQuality, QualityPoint } from '../../../shared/admin/index.ts';
import type { TracedCallMessage } from '../../sip-stack/index.ts';
import { firstShare, KeptMessages, lastShare } from './KeptMessages.ts';
import { mostPoints, QualitySeries } from './QualitySeries.ts';
import { keptForMs, mostDialogs, mostMessages, UnclaimedMessages } from './UnclaimedMessages.ts';

const way = { direction: 'sent', transport: 'udp', local: 'a:1', remote: 'b:2' } as const;
const message = (text: string): CallSipMessage => ({ atMs: 1, gatewayId: 'gw1', ...way, text });

describe('KeptMessages', () => {
  function filled(count: number, size = 1) {
    const kept = new KeptMessages();
    for (let index = 0; index < count; index += 1) kept.add(message(String(index).padStart(size, '0')));
    return kept;
  }

  it('gives each message once', () => {
    const kept = filled(2);
    expect(kept.take().messages?.map(({ text }) => text)).toEqual(['0', '1']);
    expect(kept.take()).toEqual({});
    kept.add(message('end'));
    expect(kept.takeRest()).toEqual({ messages: [message('end')] });
    expect(kept.takeRest()).toEqual({});
  });

  it('keeps a hundred whole, and of one more leaves out what is in the middle', () => {
    const most = firstShare.messages + lastShare.messages;
    expect(filled(most).takeRest().messages).toHaveLength(100);
    expect(filled(most).takeRest().omittedMessages).toBeUndefined();
    const { messages = [], omittedMessages } = filled(most + 1).takeRest();
    expect(omittedMessages).toBe(1);
    const texts = messages.map(({ text }) => Number(text));
    expect(texts).toHaveLength(100);
    expect(texts).not.toContain(firstShare.messages);
    expect([texts[0], texts.at(-1)]).toEqual([0, most]);
  });

  it('keeps 64 KiB of them, however many they are', () => {
    const { messages = [], omittedMessages = 0 } = filled(50, 4096).takeRest();
    expect(messages).toHaveLength(16);
    expect(omittedMessages).toBe(34);
    expect(messages.reduce((sum, { text }) => sum + text.length, 0)).toBe(64 * 1024);
  });

  it('holds what it may not write yet until the end', () => {
    const kept = filled(firstShare.messages + 1);
    expect(kept.take().messages).toHaveLength(firstShare.messages);
    kept.add(message('later'));
    expect(kept.take()).toEqual({});
    expect(kept.takeRest().messages).toHaveLength(2);
  });
});

describe('QualitySeries', () => {
  const leg = (mos: number | null): LegQuality => ({ mos, lossPercent: mos, jitterMs: null, roundTripMs: null });
  const point = (atMs: number, mos: number | null = 4): QualityPoint => ({
    ...{ atMs, fromBrowser: leg(mos), toBrowser: leg(null), fromGateway: leg(null), toGateway: leg(null) },
  });

  it('has a point for each measurement of the first ten minutes', () => {
    const series = new QualitySeries();
    for (let at = 0; at < 120; at += 1) series.add(point(at));
    expect(series.take()).toHaveLength(120);
    expect(series.take()).toEqual([]);
  });

  it('then makes one point of three, by the worst of them, from the time of the first', () => {
    const series = new QualitySeries();
    for (let at = 0; at < 120; at += 1) series.add(point(at));
    series.take();
    series.add(point(120, 4));
    series.add(point(121, 2));
    expect(series.take()).toEqual([]);
    series.add(point(122, null));
    const [only] = series.take();
    expect(only).toMatchObject({ atMs: 120, fromBrowser: { mos: 2, lossPercent: 4, jitterMs: null } });
    series.add(point(123));
    expect(series.takeRest()).toEqual([point(123)]);
  });

  it('is full at last', () => {
    const series = new QualitySeries();
    for (let at = 0; at < 120 + 360 + 480 * 12 + 50; at += 1) series.add(point(at));
    expect(series.takeRest()).toHaveLength(mostPoints);
    series.add(point(1));
    expect(series.takeRest()).toEqual([]);
  });
});

describe('UnclaimedMessages', () => {
  const of = (sipCallId: string, atMs = 1): TracedCallMessage => ({
    ...{ atMs, sipCallId, peerId: 'gw1', ...way, text: 'INVITE' },
  });

  it('keeps the messages of a dialog for the call that claims it, once', () => {
    const unclaimed = new UnclaimedMessages();
    unclaimed.add(of('a'));
    unclaimed.add(of('b'));
    expect(unclaimed.claim('a')).toEqual([of('a')]);
    expect(unclaimed.claim('a')).toEqual([]);
  });

  it('keeps few of each, of few dialogs, and not for long', () => {
    const unclaimed = new UnclaimedMessages();
    for (let index = 0; index <= mostMessages; index += 1) unclaimed.add(of('a'));
    expect(unclaimed.claim('a')).toHaveLength(mostMessages);
    for (let index = 0; index <= mostDialogs; index += 1) unclaimed.add(of(`d${index}`));
    expect(unclaimed.size).toBe(mostDialogs);
    expect(unclaimed.claim('d0')).toEqual([]);
    expect(unclaimed.claim('d1')).toHaveLength(1);
    unclaimed.add(of('edge', 1 + keptForMs));
    expect(unclaimed.claim('d2')).toHaveLength(1);
    unclaimed.add(of('late', 2 + keptForMs));
    expect(unclaimed.claim('d3')).toEqual([]);
    expect(unclaimed.size).toBe(2);
  });
});
