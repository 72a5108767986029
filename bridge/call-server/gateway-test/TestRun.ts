import type { GatewayTest, TracedMessage } from '../../../shared/admin/index.ts';
import type { Clock } from '../../observability/index.ts';
import type { Collection } from '../../storage/index.ts';

export type StepName = GatewayTest['steps'][number]['step'];

export interface StepResult {
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What was seen, in plain words. */
  readonly text: string;
}

export interface TestRunDeps {
  readonly tests: Pick<Collection<GatewayTest>, 'put'>;
  readonly clock: Clock;
  readonly onWriteFailed: (error: unknown) => void;
}

/** In the order in which they are taken. */
const stepNames: readonly StepName[] = [
  'lookUp',
  'probe',
  'registration',
  'invite',
  'ringing',
  'answer',
  'audio',
  'hangUp',
];
const maxMessages = 200;

/** A test that is under way. What is seen is written to the collection at once, as often as that can take it. */
export class TestRun {
  readonly #deps: TestRunDeps;
  readonly #aborting = new AbortController();
  #test: GatewayTest;
  #isChanged = false;
  #writing: Promise<void> | null = null;

  constructor(deps: TestRunDeps, test: GatewayTest) {
    this.#deps = deps;
    this.#test = test;
  }

  /** Aborted when the bridge closes. */
  get signal(): AbortSignal {
    return this.#aborting.signal;
  }

  abort(): void {
    this.#aborting.abort();
  }

  /** One step from its begin to its end. A step that throws has failed. */
  async step(step: StepName, act: () => Promise<StepResult>): Promise<boolean> {
    const startedAtMs = this.#deps.clock.now();
    this.#change({ steps: [...this.#test.steps, { step, outcome: 'running', text: '', durationMs: null }] });
    const { outcome, text } = await act().catch((error: unknown) => ({
      outcome: 'failed' as const,
      text: `Something went wrong in the bridge: ${error instanceof Error ? error.message : String(error)}`,
    }));
    const durationMs = this.#deps.clock.now() - startedAtMs;
    const before = this.#test.steps.filter((one) => one.step !== step);
    this.#change({ steps: [...before, { step, outcome, text, durationMs }] });
    return outcome !== 'failed';
  }

  /** Steps that come no more. */
  skipRest(text: string): void {
    const taken = this.#test.steps.map(({ step }) => step);
    const left = stepNames.filter((step) => !taken.includes(step));
    const skipped = left.map((step) => ({ step, outcome: 'skipped' as const, text, durationMs: null }));
    this.#change({ steps: [...this.#test.steps, ...skipped] });
  }

  /** It can't go on: what is left counts as failed. */
  breakOff(text: string): void {
    this.skipRest(text);
    const steps = this.#test.steps.map((one) =>
      one.outcome === 'running' || one.text === text ? { ...one, outcome: 'failed' as const, text } : one,
    );
    this.#change({ steps });
  }

  heard(message: TracedMessage): void {
    if (this.#test.messages.length < maxMessages) this.#change({ messages: [...this.#test.messages, message] });
  }

  /** Resolves when everything is written. */
  async end(): Promise<void> {
    const hasFailed = this.#test.steps.some(({ outcome }) => outcome === 'failed');
    this.#change({ state: hasFailed ? 'failed' : 'passed', endedAtMs: this.#deps.clock.now() });
    await this.#writing;
  }

  #change(change: Partial<GatewayTest>): void {
    this.#test = { ...this.#test, ...change };
    this.#isChanged = true;
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    while (this.#isChanged) {
      this.#isChanged = false;
      await this.#deps.tests.put(this.#test).catch(this.#deps.onWriteFailed);
    }
    this.#writing = null;
  }
}
