import { randomBytes, randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type GatewayTest, gatewaySchema } from '../../../shared/admin/index.ts';
import { gatewayIdSchema } from '../../../shared/domain/index.ts';
import { startDemoGateway } from '../../demo-gateway/index.ts';
import { MediasoupRelay } from '../../media-relay/index.ts';
import { systemClock } from '../../observability/index.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { createJsSipStack, type SipStack } from '../../sip-stack/index.ts';
import { MemoryCollection } from '../../storage/index.ts';
import { FakeProxyServer } from '../call-handler/fakes/FakeProxyServer.ts';
import { GatewayTester } from './index.ts';

const workerBin = process.env.MEDIASOUP_WORKER_BIN;
const hasWorker = workerBin !== undefined && existsSync(workerBin);

describe.skipIf(!hasWorker)('A test of the demo gateway over the wire', { timeout: 30_000 }, () => {
  const logger = new RecordingLogger();
  const opened: { close(): unknown }[] = [];
  let sip: SipStack;
  let relay: MediasoupRelay;
  let tester: GatewayTester;
  const keep = <T extends { close(): unknown }>(one: T): T => {
    opened.push(one);
    return one;
  };

  beforeAll(async () => {
    const demo = keep(await startDemoGateway({ logger }, { host: '127.0.0.1', port: 0 }));
    sip = keep(
      await createJsSipStack(
        { clock: systemClock, logger, randomBytes, lookup },
        { listen: [{ transport: 'udp', host: '127.0.0.1', port: 0 }], userAgent: 'test' },
      ),
    );
    relay = keep(
      await MediasoupRelay.create(
        { logger },
        { listenAddress: '127.0.0.1', announcedAddress: null, portRange: [41_300, 41_319], browserPort: 0, workers: 1 },
      ),
    );
    const there = gatewaySchema.parse({ id: 'demo', host: '127.0.0.1', port: demo.port });
    const notThere = gatewaySchema.parse({ id: 'nobody', host: '127.0.0.1', port: 9 });
    tester = keep(
      new GatewayTester(
        {
          sip,
          relay,
          proxyServer: Object.assign(new FakeProxyServer(), {
            gateway: (id: string) => [there, notThere].find((one) => one.id === id),
          }),
          registrationOf: async () => null,
          tests: new MemoryCollection<GatewayTest>(),
          newId: randomUUID,
          clock: systemClock,
          logger,
        },
        { callerNumber: '+12025550199' },
      ),
    );
  });
  afterAll(async () => {
    for (const one of opened.reverse()) await one.close();
  });

  async function test(id: string, number: string | null): Promise<GatewayTest> {
    const begun = await tester.start(gatewayIdSchema.parse(id), { number });
    return vi.waitFor(
      async () => {
        const now = await tester.get(begun.id);
        if (now === undefined || now.state === 'running') throw new Error('the test still runs');
        return now;
      },
      { timeout: 20_000, interval: 50 },
    );
  }

  it('passes each step with the echo, and shows what was said', async () => {
    const done = await test('demo', '+12025550100');
    expect(done.steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'lookUp passed',
      'probe passed',
      'registration skipped',
      'invite passed',
      expect.stringMatching(/^ringing (passed|skipped)$/),
      'answer passed',
      'audio passed',
      'hangUp passed',
    ]);
    expect(done.state).toBe('passed');
    const heard = Number(/(\d+) packets/.exec(done.steps.find(({ step }) => step === 'audio')?.text ?? '')?.[1]);
    expect(heard).toBeGreaterThan(20);
    const said = done.messages.map(({ text }) => text.split(/[ \r]/, 2).join(' '));
    for (const expected of ['OPTIONS', 'INVITE', 'SIP/2.0 200', 'ACK', 'BYE']) {
      expect(said.some((line) => line.startsWith(expected))).toBe(true);
    }
    await vi.waitFor(async () => {
      expect(await relay.holdings()).toMatchObject({ sessions: 0, rtpLegs: 0 });
      expect(sip.holdings().calls).toBe(0);
    });
  });

  it.each([
    ['+12025550102', 'answer', 'busy'],
    ['+12025550104', 'answer', 'doesn’t know the number'],
  ])('says what an answer to %s means', async (number, step, words) => {
    const done = await test('demo', number);
    expect(done.state).toBe('failed');
    const texts = done.steps.filter(({ outcome }) => outcome === 'failed');
    expect(texts.map((one) => one.text).join()).toContain(words);
    expect(texts.map((one) => one.step)).toContain(step);
  });

  it('says that nobody is there', async () => {
    const done = await test('nobody', null);
    expect(done.steps.find(({ outcome }) => outcome === 'failed')).toMatchObject({ step: 'probe' });
  });
});
