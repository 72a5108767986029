import { beforeEach, describe, expect, it } from 'vitest';
import { type Gateway, gatewaySchema } from '../../shared/admin/index.ts';
import type { BrandId, CallId, CallServerId, GatewayId } from '../../shared/domain/index.ts';
import { FakeClock } from '../observability/FakeClock.ts';
import { RecordingLogger } from '../observability/RecordingLogger.ts';
import { MemoryCollection, MemoryGatewayLoadStore } from '../storage/index.ts';
import { GatewayBook } from './gateways/GatewayBook.ts';
import { ProxyServer } from './ProxyServer.ts';
import { type GatewayStatus, unknownStatus } from './status/GatewayStatus.ts';

const id = (text: string) => text as GatewayId;
const call = (text: string) => text as CallId;

describe('ProxyServer', () => {
  let gateways: MemoryCollection<Gateway>;
  let statuses: MemoryCollection<GatewayStatus>;
  let book: GatewayBook;
  let proxyServer: ProxyServer;

  beforeEach(async () => {
    gateways = new MemoryCollection();
    statuses = new MemoryCollection();
    for (const entry of [{ id: 'a' }, { id: 'b', prefixes: ['+49'] }, { id: 'c', priority: 9 }])
      await gateways.put(gatewaySchema.parse({ host: '127.0.0.1', ...entry }));
    const deps = { clock: new FakeClock(), logger: new RecordingLogger() };
    book = await GatewayBook.create({ gateways, ...deps });
    const monitor = { suspect: async () => undefined, leaveAlone: async () => undefined };
    proxyServer = new ProxyServer(
      { book, statuses, loads: new MemoryGatewayLoadStore(), monitor, ...deps },
      { callServerId: 's1' as CallServerId },
    );
  });

  async function select(number: string, ...named: string[]) {
    const { candidates, steps } = await proxyServer.select({
      calledNumber: number,
      type: null,
      gatewayIds: named.length > 0 ? named.map(id) : null,
      caller: { brandId: 'b1' as BrandId, groups: [] },
      codecs: null,
    });
    return { ids: candidates.map((gateway) => gateway.id as string), steps };
  }

  it('selects by the number where no gateways are named', async () => {
    expect((await select('+4930123456')).ids).toEqual(['b']);
    expect((await select('+12025550100')).ids).toEqual(['a', 'c']);
  });

  it('takes the gateways that are named for emergency calls, in that order, whatever their prefixes and priorities', async () => {
    const { ids, steps } = await select('112', 'c', 'b', 'c');
    expect(ids).toEqual(['c', 'b']);
    expect(steps).toEqual([{ step: 'emergency', dropped: [], note: 'c, b' }]);
  });

  it('keeps a named gateway that is down, switched off or full, and says so', async () => {
    await statuses.put({ ...unknownStatus(id('a')), state: 'down', problem: 'no answer' });
    await gateways.put(gatewaySchema.parse({ id: 'b', host: '127.0.0.1', isEnabled: false, maxCalls: 1 }));
    await book.reload();
    const [, b] = book.all;
    if (b) await proxyServer.claim(b, call('call-1'));
    const { ids, steps } = await select('112', 'a', 'b', 'c');
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(steps[1]).toEqual({
      step: 'healthy',
      dropped: [],
      note: 'tried all the same: a (down: no answer), b (switched off; full: 1 of 1 calls)',
    });
  });

  it('drops only a named gateway that is not there, and says so', async () => {
    const { ids, steps } = await select('112', 'gone', 'a');
    expect(ids).toEqual(['a']);
    expect(steps[0]?.dropped).toEqual([{ gatewayId: 'gone', why: 'there is no such gateway' }]);
    expect((await select('112', 'gone')).ids).toEqual([]);
  });
});
