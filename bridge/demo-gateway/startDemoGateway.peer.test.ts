import { afterEach, describe, expect, it, vi } from 'vitest';
import { RecordingLogger } from '../observability/RecordingLogger.ts';
import { type DemoGateway, demoNumbers, startDemoGateway } from './index.ts';
import { OFFER, RawCaller } from './testing/RawCaller.ts';

describe('startDemoGateway', () => {
  const logger = new RecordingLogger();
  const opened: { close(): unknown }[] = [];

  afterEach(async () => {
    for (const thing of opened.splice(0)) await thing.close();
  });

  async function start(port: number): Promise<DemoGateway> {
    const gateway = await startDemoGateway({ logger }, { host: '127.0.0.1', port });
    opened.push(gateway);
    return gateway;
  }

  it('listens where it says, hands its log over, and holds nothing at first', async () => {
    const gateway = await start(0);
    expect(gateway.numbers).toEqual(demoNumbers);
    const caller = await RawCaller.open(gateway.port);
    opened.push(caller);
    expect(Object.values(await gateway.holdings()).every((held) => held === 0)).toBe(true);
    caller.say({ method: 'INVITE', number: '+12025550102', body: OFFER });
    await caller.response(486, 'INVITE');
    expect(await gateway.holdings()).toMatchObject({ calls: 0, serverTransactions: 1 });
    await vi.waitFor(() =>
      expect(logger.lines.map(({ message }) => message)).toContain('A call to the demo gateway arrived'),
    );
  });

  it('says so when its port is taken', async () => {
    const { port } = await start(0);
    await expect(start(port)).rejects.toThrow(/can't start: .*EADDRINUSE/);
  });

  it('can be closed twice, and holds nothing to ask for afterwards', async () => {
    const gateway = await start(0);
    await Promise.all([gateway.close(), gateway.close()]);
    await gateway.close();
    await expect(gateway.holdings()).rejects.toThrow(/closed/);
    // Its port is free again.
    expect((await start(gateway.port)).port).toBe(gateway.port);
  });
});

describe('the demo numbers', () => {
  it('are of the range for fiction, each its own', () => {
    for (const { number } of demoNumbers) expect(number).toMatch(/^\+1202555010\d$/);
    expect(new Set(demoNumbers.map(({ number }) => number)).size).toBe(demoNumbers.length);
  });
});
