import type { GatewayAnswer, GatewayLegStats, MediaSession } from '../../../media-relay/index.ts';
import type { SipDestination } from '../../../sip-stack/index.ts';
import { asRelayed, calledNumberFor, callingPartyFor, gatewayMediaOf } from '../../gateway-dialect/index.ts';
import type { StepResult } from '../TestRun.ts';
import { describeMediaProblem, describeRefusal, placeOf, seconds } from '../words.ts';
import { CallWatch } from './CallWatch.ts';
import type { TestContext } from './TestContext.ts';
import { waitUntil } from './waitUntil.ts';

/** A test's call takes no longer, whatever becomes of it. */
const maxCallMs = 60_000;
/** Left for audio and hanging up, out of those. */
const afterAnswerMs = 15_000;
const firstResponseMs = 5000;
const audioMs = 5000;
const hangUpMs = 6000;
const everyMs = 50;

/** A whole call to a number, as a person's would be made: from the INVITE to the BYE, with silence for audio. */
export async function tryCall(
  context: TestContext,
  number: string,
  destinations: readonly SipDestination[],
): Promise<void> {
  const { proxyServer, gateway, callId, relay, run, logger } = context;
  // As with real calls: a count that can't be had is no reason to make none.
  const place = await proxyServer.claim(gateway, callId).catch((error: unknown) => {
    logger.warn({ error, gatewayId: gateway.id }, 'No place at the gateway could be asked for; its test calls it');
    return 'claimed' as const;
  });
  if (place !== 'claimed') {
    const why = place === 'full' ? 'as many calls as it may have' : 'as many new calls a second as it may have';
    await run.step('invite', async () => ({ outcome: 'failed', text: `No call was made: the gateway has ${why}.` }));
    return;
  }
  const media = relay.createSession({ callId, codecs: gateway.codecs, sendsSilence: true });
  try {
    await new TestCall(context, media, number).go(destinations);
  } finally {
    await media.close();
    proxyServer.release(gateway.id, callId);
  }
}

class TestCall {
  readonly #context: TestContext;
  readonly #media: MediaSession;
  readonly #number: string;
  readonly #startedAtMs: number;
  #watch: CallWatch | null = null;
  #answer: GatewayAnswer | null = null;
  #mediaProblem: unknown = null;
  #applied: Promise<unknown> = Promise.resolve();

  constructor(context: TestContext, media: MediaSession, number: string) {
    this.#context = context;
    this.#media = media;
    this.#number = number;
    this.#startedAtMs = context.clock.now();
  }

  async go(destinations: readonly SipDestination[]): Promise<void> {
    const { run } = this.#context;
    if (!(await run.step('invite', () => this.#invite(destinations)))) return;
    const watch = this.#watch;
    if (watch === null) return;
    try {
      await run.step('ringing', () => this.#ring(watch));
      if (!(await run.step('answer', () => this.#waitForAnswer(watch)))) return;
      await run.step('audio', () => this.#listen(watch));
      await run.step('hangUp', () => this.#hangUp(watch));
    } finally {
      if (!watch.isOver) watch.call.bye();
    }
  }

  /** To one place after another, until one of them says anything. */
  async #invite(destinations: readonly SipDestination[]): Promise<StepResult> {
    const silent: string[] = [];
    for (const destination of destinations) {
      let watch: CallWatch;
      try {
        watch = await this.#send(destination);
      } catch (error) {
        return { outcome: 'failed', text: describeMediaProblem(error) };
      }
      await this.#wait(this.#context.gateway.timeouts.firstResponseMs ?? firstResponseMs, () => watch.isHeard);
      const { failure } = watch;
      const isSilent = !watch.isHeard || failure?.kind === 'timeout' || failure?.kind === 'transport';
      if (!isSilent) {
        this.#watch = watch;
        if (failure !== null && watch.progress === null && !watch.isTrying) return this.#refused(watch);
        return { outcome: 'passed', text: `${placeOf(destination)} took the INVITE for ${this.#calledNumber}.` };
      }
      if (!watch.isOver) watch.call.cancel();
      const said = describeRefusal(failure ?? { kind: 'timeout' }, this.#context.gateway);
      silent.push(`${placeOf(destination)}: ${said}`);
      if (this.#context.run.signal.aborted) break;
    }
    return { outcome: 'failed', text: silent.join(' ') };
  }

  get #calledNumber(): string {
    return calledNumberFor(this.#context.gateway, { number: this.#number, isEmergency: false });
  }

  async #send(destination: SipDestination): Promise<CallWatch> {
    const { sip, gateway, peer, callId, usualCallerNumber, follow } = this.#context;
    const media = this.#media;
    const offer = await media.createGatewayOffer(asRelayed(gatewayMediaOf(gateway, destination.address)));
    const call = sip.invite({
      callId,
      peer,
      destination,
      calledNumber: this.#calledNumber,
      ...callingPartyFor(gateway, {
        userName: 'test',
        displayName: '',
        number: null,
        usualNumber: usualCallerNumber,
        isNumberWithheld: false,
        isEmergency: false,
      }),
      offer,
      onRemoteOffer: (remoteOffer) => media.answerGatewayOffer(remoteOffer),
      onRemoteAnswer: (sdp) => this.#apply(sdp),
    });
    follow(call.sipCallId);
    return new CallWatch(call, (sdp) => this.#apply(sdp));
  }

  #apply(sdp: string): void {
    this.#applied = this.#applied.then(async () => {
      try {
        this.#answer = await this.#media.applyGatewayAnswer(sdp);
        this.#mediaProblem = null;
      } catch (error) {
        this.#mediaProblem = error;
      }
    });
  }

  async #ring(watch: CallWatch): Promise<StepResult> {
    await this.#wait(this.#leftToRingMs, () => watch.progress !== null || watch.isAnswered || watch.isOver);
    if (watch.progress !== null) {
      const how = watch.progress === 183 ? 'It says how the call goes on (183)' : `It rings (${watch.progress})`;
      return { outcome: 'passed', text: `${how} after ${seconds(this.#elapsedMs)}.` };
    }
    if (watch.isAnswered) return { outcome: 'skipped', text: 'It answered without ringing.' };
    if (watch.isOver) return { outcome: 'skipped', text: 'It didn’t ring.' };
    return {
      outcome: 'failed',
      text: `It took the call, and neither rang nor answered within ${seconds(this.#elapsedMs)}.`,
    };
  }

  async #waitForAnswer(watch: CallWatch): Promise<StepResult> {
    await this.#wait(this.#leftToRingMs, () => watch.isAnswered || watch.isOver);
    if (!watch.isAnswered) {
      return watch.isOver ? this.#refused(watch) : this.#failed(`Nobody answered within ${seconds(this.#elapsedMs)}.`);
    }
    await this.#applied;
    if (this.#mediaProblem !== null || this.#answer === null) {
      return this.#failed(`It answered. ${describeMediaProblem(this.#mediaProblem)}`);
    }
    const { isEncrypted } = (await this.#media.stats()).gateway;
    const audio = `${this.#answer.codec}, ${isEncrypted ? 'encrypted' : 'not encrypted'}`;
    return { outcome: 'passed', text: `Answered after ${seconds(this.#elapsedMs)}: ${audio}.` };
  }

  async #listen(watch: CallWatch): Promise<StepResult> {
    const before = (await this.#media.stats()).gateway.packetsIn;
    let now: GatewayLegStats | null = null;
    const isHeard = await this.#wait(audioMs, async () => {
      now = (await this.#media.stats()).gateway;
      return now.packetsIn > before || watch.isOver;
    });
    if (isHeard && !watch.isOver) {
      // A second of it shows whether it goes on, and how it sounds.
      await this.#wait(1000, () => watch.isOver);
      now = (await this.#media.stats()).gateway;
    }
    return describeAudio(now, { before, codec: this.#answer?.codec ?? 'audio' });
  }

  async #hangUp(watch: CallWatch): Promise<StepResult> {
    if (watch.isOver) return { outcome: 'passed', text: 'The other side hung up by itself.' };
    watch.call.bye({ q850: 16, text: 'Normal call clearing' });
    await this.#wait(hangUpMs, () => watch.isOver);
    const status = watch.endStatus;
    if (status === undefined) return this.#failed('It didn’t answer when we hung up (BYE).');
    if (status >= 300 && status !== 481) return this.#failed(`It answered ${status} when we hung up (BYE).`);
    return { outcome: 'passed', text: 'We hung up, and it confirmed that.' };
  }

  #refused({ failure, end }: CallWatch): StepResult {
    if (failure !== null) return this.#failed(describeRefusal(failure, this.#context.gateway));
    return this.#failed(`The call ended before it was answered${end?.reason ? `: ${end.reason}` : ''}.`);
  }

  #failed(text: string): StepResult {
    return { outcome: 'failed', text };
  }

  get #elapsedMs(): number {
    return this.#context.clock.now() - this.#startedAtMs;
  }

  get #leftToRingMs(): number {
    return Math.max(0, maxCallMs - afterAnswerMs - this.#elapsedMs);
  }

  #wait(timeoutMs: number, isSo: () => boolean | Promise<boolean>): Promise<boolean> {
    const { clock, run } = this.#context;
    return waitUntil({ clock, signal: run.signal }, { timeoutMs, everyMs }, isSo);
  }
}

function describeAudio(
  stats: GatewayLegStats | null,
  { before, codec }: { before: number; codec: string },
): StepResult {
  const packets = (stats?.packetsIn ?? 0) - before;
  if (stats === null || packets <= 0) {
    const isUnreadable = (stats?.packetsRejected ?? 0) > 0;
    const text = isUnreadable
      ? 'Audio came that could not be decrypted: the gateway sends with another key than it told.'
      : `No audio came within ${audioMs / 1000} s. Look at our media address as the gateway sees it (media.announcedAddress), at the firewall for UDP media ports, and for a gateway behind NAT at whose audio is taken.`;
    return { outcome: 'failed', text };
  }
  const quality = stats.mos === null ? '' : `, estimated quality ${stats.mos.toFixed(1)} of 4.5`;
  const lost = stats.packetsLost > 0 ? `, ${stats.packetsLost} lost` : '';
  const how = stats.isEncrypted ? 'encrypted' : 'not encrypted';
  return { outcome: 'passed', text: `Audio comes: ${packets} packets of ${codec}, ${how}${lost}${quality}.` };
}
