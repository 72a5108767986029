import { describe, expect, it } from 'vitest';
import { type CallRecordView, callRecordViewSchema } from '../../../../shared/admin/index.ts';
import { writeCsv, writeJsonLines } from './callSheet.ts';

const nothing = Object.fromEntries(Object.keys(callRecordViewSchema.shape).map((key) => [key, null]));

function call(change: Partial<CallRecordView>): CallRecordView {
  const facts = { callId: 'c1', callServerId: 'main', brandId: 'b', direction: 'outgoing', calledNumber: '+1202' };
  return { ...nothing, ...facts, requestedAtMs: 0, ...change } as CallRecordView;
}

async function* pagesOf(...pages: (readonly CallRecordView[])[]) {
  yield* pages;
}

async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

/** The cells of the first call, by the names of the columns. */
async function cellsOf(change: Partial<CallRecordView>): Promise<Record<string, string>> {
  const [names = '', line = ''] = (await textOf(writeCsv(pagesOf([call(change)])))).split('\r\n');
  const cells = line.split(',');
  return Object.fromEntries(names.split(',').map((name, index) => [name, cells[index] ?? '']));
}

describe('calls as CSV', () => {
  it('has one line of names, and a line per call, over all pages', async () => {
    const pages = pagesOf([call({}), call({ callId: 'c2' as never })], [], [call({ callId: 'c3' as never })]);
    const lines = (await textOf(writeCsv(pages))).split('\r\n');
    expect(lines.map((line) => line.split(',')[0])).toEqual(['callId', 'c1', 'c2', 'c3', '']);
  });

  it('has its names also where there is no call', async () => {
    expect(await textOf(writeCsv(pagesOf([])))).toMatch(/^callId,direction,[^\n]*callServerId\r\n$/);
  });

  it('tells times in UTC and durations in seconds, and nothing where nothing is known', async () => {
    const cells = await cellsOf({ requestedAtMs: 1_700_000_000_123.4, talkMs: 1500, postDialDelayMs: 120.5 });
    expect(cells).toMatchObject({
      requestedAt: '2023-11-14T22:13:20.123Z',
      answeredAt: '',
      talkSeconds: '2',
      postDialDelayMs: '121',
      calledNumber: '+1202',
    });
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['@SUM', "'@SUM"],
    ['+cmd', "'+cmd"],
    ['-2+3', "'-2+3"],
    ['+4930', '+4930'],
    ['+4930xxxx', '+4930xxxx'],
    ['Erika', 'Erika'],
  ])('writes the name %j as %j', async (callingName, written) => {
    expect((await cellsOf({ callingName })).callingName).toBe(written);
  });

  it('quotes what has commas, quotes or ends of lines in it (RFC 4180)', async () => {
    const text = await textOf(writeCsv(pagesOf([call({ callingName: 'A "B", C\nD' })])));
    expect(text).toContain(',"A ""B"", C\nD",');
  });
});

describe('calls as JSON Lines', () => {
  it('has an object a line', async () => {
    const calls = [call({ callingName: 'a\nb' }), call({ callId: 'c2' as never })];
    const text = await textOf(writeJsonLines(pagesOf(calls.slice(0, 1), calls.slice(1))));
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line))).toEqual(calls);
  });
});
