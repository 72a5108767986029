import type { CallId, DeviceId } from '../../../shared/domain/index.ts';
import type { CallElsewhere, Elsewhere } from '../../../shared/protocol/index.ts';
import { Observable, type Readable } from '../../state/index.ts';
import type { Connection } from '../connection/index.ts';
import type { Phone } from '../phone/index.ts';
import { type Continuation, continuationLink } from './takeContinuation.ts';

export interface OtherDevicesDeps {
  readonly connection: Pick<Connection, 'on' | 'request' | 'clockOffsetMs'>;
  readonly phone: Pick<Phone, 'takeOver' | 'calls'>;
  /** Of this page, for the links that other devices open. */
  readonly origin: string;
}

/** A way for another device to take a call. */
export interface ContinuationLink {
  readonly url: string;
  /** By this machine's clock. */
  readonly expiresAtMs: number;
}

/** The person's other devices, the calls there, and the ways of calls between them and this one. */
export class OtherDevices {
  readonly #deps: OtherDevicesDeps;
  readonly #elsewhere = new Observable<Elsewhere>({ devices: [], calls: [] });
  readonly #pushed = new Observable<CallElsewhere | null>(null);
  readonly #stops: (() => void)[];
  #continuation: Continuation | null = null;
  #isReady = false;

  constructor(deps: OtherDevicesDeps) {
    this.#deps = deps;
    const { connection, phone } = deps;
    this.#stops = [
      connection.on('ready', ({ elsewhere }) => this.#connectionReady(elsewhere)),
      connection.on('call:elsewhere', (elsewhere) => this.#told(elsewhere)),
      connection.on('call:pushed', ({ call }) => this.#pushed.set(this.#here(call))),
      phone.calls.subscribe(() => this.#forgetPushed()),
    ];
  }

  /** Times by this machine's clock. */
  get elsewhere(): Readable<Elsewhere> {
    return this.#elsewhere;
  }

  /** A call that another device asks to take; null: none does. */
  get pushed(): Readable<CallElsewhere | null> {
    return this.#pushed;
  }

  dismissPushed(): void {
    this.#pushed.set(null);
  }

  /** Takes a call of another device. False while the call that is up here can't be put on hold. */
  take({ callId, direction, otherNumber, otherName, answeredAt }: CallElsewhere): boolean {
    const party = { number: otherNumber ?? '', name: otherName, answeredAtMs: answeredAt };
    return this.#deps.phone.takeOver({ callId, direction, ...party, takesOver: 'other', resumeKey: null });
  }

  /** Asks on the other device whether the call shall go on there. @throws DialbridgeError `deviceGone`, `notEstablished` */
  async push(callId: CallId, deviceId: DeviceId): Promise<void> {
    await this.#deps.connection.request('call:push', { callId, deviceId });
  }

  /** A link for whichever device opens it first; one made before is worth nothing then. @throws DialbridgeError */
  async makeLink(callId: CallId): Promise<ContinuationLink> {
    const { connection, origin } = this.#deps;
    const { resumeKey, expiresAtMs } = await connection.request('call:handOver', { callId });
    const url = continuationLink({ callId, resumeKey }, origin);
    return { url, expiresAtMs: expiresAtMs - connection.clockOffsetMs };
  }

  /** The person opened such a link: the call moves here as soon as the bridge is there. */
  continueHere(continuation: Continuation): void {
    this.#continuation = continuation;
    if (this.#isReady) this.#continue();
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  #connectionReady(elsewhere: Elsewhere): void {
    this.#isReady = true;
    this.#told(elsewhere);
    this.#continue();
  }

  #told({ devices, calls }: Elsewhere): void {
    this.#elsewhere.set({ devices, calls: calls.map((call) => this.#here(call)) });
    this.#forgetPushed();
  }

  #continue(): void {
    const continuation = this.#continuation;
    this.#continuation = null;
    if (continuation === null) return;
    const { callId, resumeKey } = continuation;
    const known = this.#elsewhere.get().calls.find((call) => call.callId === callId);
    const party = { number: known?.otherNumber ?? '', name: known?.otherName ?? null };
    this.#deps.phone.takeOver({
      ...{ callId, resumeKey, ...party },
      direction: known?.direction ?? 'outgoing',
      answeredAtMs: known?.answeredAt ?? null,
      takesOver: 'other',
    });
  }

  /** The question is answered once the call is here, or at no other device any more. */
  #forgetPushed(): void {
    const pushed = this.#pushed.get();
    if (pushed === null) return;
    const isHere = this.#deps.phone.calls.get().some(({ callId }) => callId === pushed.callId);
    const isThere = this.#elsewhere.get().calls.some(({ callId }) => callId === pushed.callId);
    if (isHere || !isThere) this.#pushed.set(null);
  }

  #here(call: CallElsewhere): CallElsewhere {
    const { clockOffsetMs } = this.#deps.connection;
    const { answeredAt, heldUntil } = call;
    return {
      ...call,
      answeredAt: answeredAt - clockOffsetMs,
      heldUntil: heldUntil === null ? null : heldUntil - clockOffsetMs,
    };
  }
}
