import type { Gateway, GatewayTest, GatewayTestRequest } from '../../../shared/admin/index.ts';
import { callIdSchema, type GatewayId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import { drop } from '../../observability/index.ts';
import { type ProxyServer, toSipPeer } from '../../proxy-server/index.ts';
import type { SipDestination, SipStack } from '../../sip-stack/index.ts';
import type { Collection } from '../../storage/index.ts';
import { isOfTest } from './pickMessages.ts';
import { checkRegistration } from './steps/checkRegistration.ts';
import { lookUp } from './steps/lookUp.ts';
import { probe } from './steps/probe.ts';
import type { TestContext, TestTools } from './steps/TestContext.ts';
import { tryCall } from './steps/tryCall.ts';
import { TestRun } from './TestRun.ts';

/** So many tests are kept; of those that are over the oldest go first. */
const keptTests = 50;
/** Longer than any test takes: one that still says it runs lost its process. */
const maxTestMs = 180_000;

export interface GatewayTesterDeps extends TestTools {
  readonly sip: Pick<SipStack, 'locate' | 'probe' | 'invite' | 'trace'>;
  readonly proxyServer: Pick<ProxyServer, 'gateway' | 'claim' | 'release'>;
  /** Shared by all processes, so that any of them can tell how a test goes. */
  readonly tests: Collection<GatewayTest>;
  readonly newId: () => string;
}

export interface GatewayTesterOptions {
  /** Caller ID of calls without one of their own; null: none. */
  readonly callerNumber: string | null;
}

/** Tries gateways out, one test at a time for each. */
export class GatewayTester {
  readonly #deps: GatewayTesterDeps;
  readonly #options: GatewayTesterOptions;
  readonly #runs = new Map<TestRun, Promise<void>>();

  constructor(deps: GatewayTesterDeps, options: GatewayTesterOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /**
   * Begins a test; `get` tells how it goes.
   * @throws DialbridgeError `notFound`; `conflict` while another test of that gateway runs
   */
  async start(gatewayId: GatewayId, request: GatewayTestRequest): Promise<GatewayTest> {
    const { proxyServer, tests, clock, newId, logger } = this.#deps;
    const gateway = proxyServer.gateway(gatewayId);
    if (gateway === undefined) throw new DialbridgeError('notFound');
    const test: GatewayTest = {
      id: newId(),
      gatewayId,
      state: 'running',
      startedAtMs: clock.now(),
      endedAtMs: null,
      steps: [],
      messages: [],
    };
    await tests.updateAll((present) => withTest(present, test));
    const onWriteFailed = (error: unknown) =>
      logger.warn({ error, gatewayId }, 'A step of a gateway’s test was not kept');
    const run = new TestRun({ tests, clock, onWriteFailed }, test);
    const running = this.#go(run, { gateway, test, number: request.number }).finally(() => this.#runs.delete(run));
    this.#runs.set(run, running);
    drop(running, logger, 'testing a gateway');
    return test;
  }

  get(testId: string): Promise<GatewayTest | undefined> {
    return this.#deps.tests.get(testId);
  }

  /** Calls off what runs, and waits until its calls are given up. Idempotent. */
  async close(): Promise<void> {
    for (const run of this.#runs.keys()) run.abort();
    await Promise.allSettled(this.#runs.values());
  }

  async #go(run: TestRun, options: { gateway: Gateway; test: GatewayTest; number: string | null }): Promise<void> {
    const { gateway, test, number } = options;
    const peer = toSipPeer(gateway);
    const sipCallIds = new Set<string>();
    const stopTracing = this.#deps.sip.trace(peer.id, (message) => {
      if (isOfTest(message, sipCallIds)) run.heard(message);
    });
    const context: TestContext = {
      ...this.#deps,
      run,
      gateway,
      peer,
      callId: callIdSchema.parse(`test-${test.id}`),
      usualCallerNumber: this.#options.callerNumber,
      follow: (sipCallId) => sipCallIds.add(sipCallId),
    };
    try {
      await takeSteps(context, number);
    } catch (error) {
      this.#deps.logger.error({ error, gatewayId: gateway.id }, 'A test of a gateway broke off');
      run.breakOff('Something went wrong in the bridge; its log says more.');
    } finally {
      stopTracing();
      await run.end();
    }
  }
}

async function takeSteps(context: TestContext, number: string | null): Promise<void> {
  const { run } = context;
  let destinations: readonly SipDestination[] = [];
  const isFound = await run.step('lookUp', () =>
    lookUp(context, (found) => {
      destinations = found;
    }),
  );
  if (!isFound) {
    run.skipRest('Not tried, since the gateway can’t be found.');
    return;
  }
  await run.step('probe', () => probe(context, destinations));
  await run.step('registration', () => checkRegistration(context));
  if (number === null) {
    run.skipRest('No number was given to call.');
    return;
  }
  if (!run.signal.aborted) await tryCall(context, number, destinations);
  run.skipRest(run.signal.aborted ? 'The bridge was closed meanwhile.' : 'The call didn’t get that far.');
}

/** @throws DialbridgeError `conflict` */
function withTest(present: ReadonlyMap<string, GatewayTest>, test: GatewayTest): ReadonlyMap<string, GatewayTest> {
  const isRunning = (one: GatewayTest) => one.state === 'running' && test.startedAtMs - one.startedAtMs < maxTestMs;
  for (const other of present.values()) {
    if (other.gatewayId === test.gatewayId && isRunning(other)) throw new DialbridgeError('conflict');
  }
  const newestFirst = [...present.values()].sort((one, other) => other.startedAtMs - one.startedAtMs);
  const kept = newestFirst.filter((one, index) => index < keptTests - 1 || isRunning(one));
  return new Map([...kept, test].map((one) => [one.id, one]));
}
