import { beforeEach, describe, expect, it } from 'vitest';
import { callIdSchema } from '../../../shared/domain/index.ts';
import type { CallRecord } from '../../storage/index.ts';
import { administrationFixture, auditor, operator, redAuditor, redManager } from '../testing/administrationFixture.ts';
import { callRecord } from '../testing/FakeCallRecords.ts';

const callId = callIdSchema.parse('c1');
const call = (change: Partial<CallRecord> = {}) => callRecord({ callId, ...change });

const closing: CallRecord['closing'] = {
  ...{ endedAtMs: 9000, outcome: 'answered', disconnectedBy: 'caller', sipStatus: 200, q850: 16, errorCode: null },
  postDialDelayMs: 120,
};

describe('calls of everybody', () => {
  let fixture: ReturnType<typeof administrationFixture>;
  const page = { limit: 10 };

  beforeEach(() => {
    fixture = administrationFixture();
  });

  it.each([
    ['+4930', { is: '+4930' }],
    ['+49*', { beginsWith: '+49' }],
    ['*0100', { endsWith: '0100' }],
  ])('are looked for by the number %s', async (number, pattern) => {
    await fixture.administration.calls.find(operator, { number, direction: 'incoming', outcome: ['busy'] }, page);
    expect(fixture.callRecords.searches).toEqual([
      { search: { number: pattern, direction: 'incoming', outcomes: ['busy'] }, limit: 10 },
    ]);
  });

  it('are all of them to operators and auditors, and those of their brand to others', async () => {
    const { calls } = fixture.administration;
    for (const actor of [operator, auditor, redManager, redAuditor]) await calls.find(actor, {}, page);
    expect(fixture.callRecords.searches.map(({ search }) => search)).toEqual([
      {},
      {},
      { brandId: 'red' },
      { brandId: 'red' },
    ]);
    const blue = { brandId: 'blue' as never };
    await calls.find(operator, blue, page);
    await expect(calls.find(redManager, blue, page)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(calls.all(redManager, blue).next()).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('say how long was talked: not at all, so long, or not yet known', async () => {
    const answered = call({ answeredAtMs: 4000, closing });
    const records = [call(), call({ closing }), answered, call({ answeredAtMs: 9001, closing })];
    fixture.callRecords.pages.push({ records, nextCursor: 'next', searchedToMs: 5.4 });
    const found = await fixture.administration.calls.find(operator, {}, { limit: 10, cursor: 'c' });
    expect(found.items.map(({ talkMs }) => talkMs)).toEqual([null, 0, 5000, 0]);
    expect(found.items[2]).toMatchObject({
      outcome: 'answered',
      endedAtMs: 9000,
      postDialDelayMs: 120,
      sipStatus: 200,
    });
    expect(found).toMatchObject({ nextCursor: 'next', searchedToMs: 5 });
    expect(fixture.callRecords.searches[0]?.before).toBe('c');
  });

  it('tell a bad cursor from a fault of ours', async () => {
    const asked = fixture.administration.calls.find(operator, {}, { limit: 1, cursor: 'junk' });
    await expect(asked).rejects.toMatchObject({ code: 'badRequest' });
  });

  it('show what happened in one, but not in one of another brand', async () => {
    const { calls } = fixture.administration;
    fixture.callRecords.kept.push(call({ closing, requestedAtMs: 0.5 }));
    expect(await calls.detail(redManager, callId)).toMatchObject({
      call: { callId, outcome: 'answered' },
      events: [
        { atMs: 0.5, type: 'requested', state: 'requested', detail: {} },
        { atMs: 1, type: 'ringing', state: 'ringing', detail: { a: 1 } },
      ],
    });
    fixture.callRecords.kept.splice(-1, 1, call({ brandId: 'blue' as never }));
    await expect(calls.detail(redManager, callId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(calls.detail(operator, callIdSchema.parse('c2'))).rejects.toMatchObject({ code: 'notFound' });
  });

  it('show the SIP messages to those who run the gateways, not to a brand’s people', async () => {
    const { calls } = fixture.administration;
    fixture.callRecords.kept.push(call({ closing }));
    for (const actor of [operator, auditor]) {
      expect((await calls.detail(actor, callId)).trace.messages).toMatchObject([{ gatewayId: 'gw1' }]);
    }
    for (const actor of [redManager, redAuditor]) {
      expect((await calls.detail(actor, callId)).trace.messages).toEqual([]);
    }
  });

  it('cost what their talking costs: nothing before the answer, until now while they are up', async () => {
    const price = { connectionFeeMicros: 1000, microsPerMinute: 60_000, firstMs: 1000, incrementMs: 1000 };
    const records = [
      call({ closing }),
      call({ price, closing }),
      call({ price, closing, answeredAtMs: 6500 }),
      call({ price, answeredAtMs: fixture.clock.now() - 10_000 }),
    ];
    fixture.callRecords.pages.push({ records, nextCursor: null, searchedToMs: null });
    const { items } = await fixture.administration.calls.find(operator, {}, page);
    expect(items.map(({ costMicros }) => costMicros)).toEqual([null, 0, 4000, 11_000]);
  });

  it('are read for an export page by page, as they are asked for', async () => {
    fixture.callRecords.pages.push(
      { records: [call()], nextCursor: 'a', searchedToMs: null },
      { records: [], nextCursor: 'b', searchedToMs: 5 },
      { records: [call()], nextCursor: null, searchedToMs: null },
    );
    const all = fixture.administration.calls.all(operator, {});
    expect((await all.next()).value).toHaveLength(1);
    expect(fixture.callRecords.searches).toHaveLength(1);
    const rest: number[] = [];
    for await (const calls of all) rest.push(calls.length);
    expect(rest).toEqual([0, 1]);
    expect(fixture.callRecords.searches.map(({ before }) => before)).toEqual([undefined, 'a', 'b']);
  });
});
