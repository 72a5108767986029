import type { CallId } from '../../../shared/domain/index.ts';
import { Observable, type Readable } from '../../state/index.ts';
import { type CallSession, type ClientCall, isBeingPassedOn, isEnded } from '../call/index.ts';

export interface OpenCallsDeps {
  /** A call changed; `former` is what it was before, null for one that begins. */
  readonly onChanged: (call: ClientCall, former: ClientCall | null) => void;
}

/**
 * The calls that are up, and which of them is in front: that one alone is heard and hears, unless it is on hold. When it ends, the
 * one that was in front before it comes forward, as it is.
 */
export class OpenCalls {
  readonly #deps: OpenCallsDeps;
  readonly #calls = new Observable<readonly ClientCall[]>([]);
  readonly #call = new Observable<ClientCall | null>(null);
  readonly #ended = new Observable<ClientCall | null>(null);
  /** The one in front first, then as they were in front before. */
  #sessions: readonly CallSession[] = [];
  readonly #stops = new Map<CallSession, () => void>();

  constructor(deps: OpenCallsDeps) {
    this.#deps = deps;
  }

  /** Those that are up, the one in front first. */
  get calls(): Readable<readonly ClientCall[]> {
    return this.#calls;
  }

  /** The one in front; where none is up the last one, until it is forgotten. */
  get call(): Readable<ClientCall | null> {
    return this.#call;
  }

  /** The last one that ended, until it is forgotten or another begins. */
  get ended(): Readable<ClientCall | null> {
    return this.#ended;
  }

  get sessions(): readonly CallSession[] {
    return this.#sessions;
  }

  get front(): CallSession | null {
    return this.#sessions[0] ?? null;
  }

  /** The call that is talked in, and its present connection, for measuring; null: none. */
  get talking() {
    const front = this.front;
    const call = front?.state.get();
    const media = front?.media ?? null;
    if (call?.phase !== 'established' || media === null) return null;
    const { callId, isMuted, isOnHold, isHeldByOther } = call;
    return { callId, media, isMuted, isHeld: isOnHold || isHeldByOther };
  }

  find(callId: CallId): CallSession | null {
    return this.#sessions.find((session) => session.state.get().callId === callId) ?? null;
  }

  /** Begins a call, in front of the others. */
  add(session: CallSession): void {
    this.#ended.set(null);
    this.#sessions = [session, ...this.#sessions];
    let former = session.state.get();
    const stop = session.state.subscribe(() => {
      const call = session.state.get();
      this.#changed(session, call, former);
      former = call;
    });
    this.#stops.set(session, stop);
    this.#changed(session, former, null);
  }

  bringForward(session: CallSession): void {
    this.#sessions = [session, ...this.#sessions.filter((other) => other !== session)];
    this.#publish();
  }

  /** What becomes of this call is no news any more. */
  leave(session: CallSession): void {
    this.#remove(session);
    this.#publish();
  }

  forgetEnded(): void {
    this.#ended.set(null);
    this.#publish();
  }

  /** Frees all without a word to the bridge. Idempotent. */
  close(): void {
    for (const session of this.#sessions) {
      this.#remove(session);
      session.close();
    }
    this.forgetEnded();
  }

  #changed(session: CallSession, call: ClientCall, former: ClientCall | null): void {
    if (isEnded(call)) {
      this.#remove(session);
      this.#ended.set(call);
    }
    this.#publish();
    this.#deps.onChanged(call, former);
  }

  #remove(session: CallSession): void {
    this.#stops.get(session)?.();
    this.#stops.delete(session);
    this.#sessions = this.#sessions.filter((other) => other !== session);
  }

  #publish(): void {
    const front = this.front;
    const isActive = (session: CallSession) => session === front && hasVoice(session.state.get());
    // The one before falls silent first: they share the loudspeaker.
    for (const session of this.#sessions) if (!isActive(session)) session.setActive(false);
    for (const session of this.#sessions) if (isActive(session)) session.setActive(true);
    this.#calls.set(this.#sessions.map((session) => session.state.get()));
    this.#call.set(front?.state.get() ?? this.#ended.get());
  }
}

/** The two may hear each other. */
function hasVoice(call: ClientCall): boolean {
  return !call.isOnHold && !isBeingPassedOn(call);
}
