import { afterEach, describe, expect, it, vi } from 'vitest';
import { Observable } from '../../state/index.ts';
import { FakeTimers, settle } from '../../state/testing/FakeTimers.ts';
import { ringSounds } from './melodies.ts';
import { TonePlayer } from './TonePlayer.ts';
import { busyToneOf } from './tones.ts';

/** An audio context that runs when it is allowed to. */
class FakeContext extends EventTarget {
  state: 'suspended' | 'running' = 'suspended';
  isAllowed: boolean;
  readonly sampleRate = 8000;
  readonly currentTime = 0;
  readonly sinks: string[] = [];

  constructor(isAllowed: boolean) {
    super();
    this.isAllowed = isAllowed;
  }

  async resume(): Promise<void> {
    // As browsers have it, the promise waits where it isn't allowed.
    if (!this.isAllowed) return await new Promise(() => {});
    this.state = 'running';
    this.dispatchEvent(new Event('statechange'));
  }

  async setSinkId(id: string): Promise<void> {
    this.sinks.push(id);
  }

  createBuffer(): object {
    return { duration: 1, copyToChannel: () => undefined };
  }
}

class FakeNode {
  readonly gain = { setTargetAtTime: () => undefined };
  connect(next: object): object {
    return next;
  }
  start(): void {}
  stop(): void {}
}

function makePlayer({ isAllowed = true, speakerId = null as string | null } = {}) {
  vi.stubGlobal('AudioBufferSourceNode', FakeNode);
  vi.stubGlobal('GainNode', FakeNode);
  const context = new FakeContext(isAllowed);
  const timers = new FakeTimers();
  const speaker = new Observable(speakerId);
  const createContext = vi.fn(() => context as unknown as AudioContext);
  const player = new TonePlayer({ createContext, speakerId: speaker, timers });
  return { player, context, timers, speaker, createContext };
}
const forever = { times: Number.POSITIVE_INFINITY, volume: 1 };

afterEach(() => void vi.unstubAllGlobals());

describe('TonePlayer', () => {
  it('makes its context at the first sound, and no second one', async () => {
    const { player, createContext } = makePlayer();
    expect(createContext).not.toHaveBeenCalled();
    player.play(ringSounds.chime, forever);
    player.play(busyToneOf('US'), forever);
    expect(createContext).toHaveBeenCalledOnce();
  });

  it('knows a browser that keeps it silent, and begins with the person’s first click', async () => {
    const { player, context, timers } = makePlayer({ isAllowed: false });
    player.play(ringSounds.chime, forever);
    await timers.advance(399);
    expect(player.isBlocked.get()).toBe(false);
    await timers.advance(1);
    expect(player.isBlocked.get()).toBe(true);
    context.isAllowed = true;
    player.resume();
    await settle();
    expect([context.state, player.isBlocked.get()]).toEqual(['running', false]);
  });

  it('says nothing of it where the sound begins a moment later, or is over before', async () => {
    const allowed = makePlayer();
    allowed.player.play(ringSounds.chime, forever);
    await allowed.timers.advance(1_000);
    expect(allowed.player.isBlocked.get()).toBe(false);
    const brief = makePlayer({ isAllowed: false });
    brief.player.play(ringSounds.chime, forever)();
    await brief.timers.advance(1_000);
    expect(brief.player.isBlocked.get()).toBe(false);
  });

  it('is no longer blocked when nothing should sound', async () => {
    const { player, timers } = makePlayer({ isAllowed: false });
    const stop = player.play(ringSounds.chime, forever);
    await timers.advance(400);
    stop();
    expect(player.isBlocked.get()).toBe(false);
  });

  it('sounds where the person chose, and follows their choice', () => {
    const { player, context, speaker } = makePlayer({ speakerId: 'desk' });
    player.play(ringSounds.chime, forever);
    speaker.set(null);
    player.play(ringSounds.chime, forever);
    expect(context.sinks).toEqual(['desk', '']);
  });

  it('is silent where there is no Web Audio', () => {
    const player = new TonePlayer({
      createContext: () => null,
      speakerId: new Observable<string | null>(null),
      timers: new FakeTimers(),
    });
    expect(() => player.play(ringSounds.chime, forever)()).not.toThrow();
  });
});
