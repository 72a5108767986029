import { PageBrand } from '../branding/index.ts';
import { AudioOutput, type Continuation, Microphone, TonePlayer, takeContinuation } from '../calling/index.ts';
import { PageNotifications } from '../notifications/index.ts';
import { Preferences } from '../preferences/index.ts';
import { ApiClient, createExclusiveRun, createOtherTabs, GuestStore, Session, takeArrival } from '../session/index.ts';
import { browserTimers, drop, newId, Observable, type Readable } from '../state/index.ts';
import { NoticeBoard } from '../ui/index.ts';
import { createLine, type Line } from './createLine.ts';

declare const __CLIENT_VERSION__: string;

/** The client without its views. */
export interface Client {
  readonly session: Session;
  readonly preferences: Preferences;
  readonly noticeBoard: NoticeBoard;
  /** What those see who are not signed in. */
  readonly pageBrand: PageBrand;
  readonly notifications: PageNotifications;
  /** Null while nobody is signed in. */
  readonly line: Readable<Line | null>;
  /** A call that shall go on here once somebody is signed in; null: none. */
  readonly continuation: Readable<Continuation | null>;
}

/** The only place that builds across folders. */
export function createClient(): Client {
  const preferences = new Preferences(localStorage);
  const api = new ApiClient({ fetch: (input, init) => fetch(input, init), origin: '' });
  const pageBrand = new PageBrand({ page: document, api, timers: browserTimers });
  const session = new Session({
    api,
    timers: browserTimers,
    runExclusive: createExclusiveRun(navigator.locks, 'dialbridge.refresh'),
    guests: new GuestStore(sessionStorage),
    otherTabs: createOtherTabs('dialbridge.session'),
  });
  const { mediaDevices, permissions } = navigator as Partial<Navigator>;
  const microphone = new Microphone({
    mediaDevices,
    permissions,
    isSecureContext: window.isSecureContext,
    deviceId: preferences.pick('microphoneId'),
  });
  const output = new AudioOutput({ element: createAudioElement(), speakerId: preferences.pick('speakerId') });
  const tones = new TonePlayer({
    createContext: createAudioContext,
    speakerId: preferences.pick('speakerId'),
    timers: browserTimers,
  });
  const ringTones = createRingTones(preferences);

  const continuation = new Observable(takeContinuation(location, history));
  const line = new Observable<Line | null>(null);
  let userId: string | null = null;
  const follow = () => {
    const state = session.state.get();
    if (state.kind === 'signedIn' && state.grant.user.id !== userId) {
      line.get()?.close();
      userId = state.grant.user.id;
      const clientVersion = __CLIENT_VERSION__;
      const deps = { session, preferences, microphone, output, tones, ringTones, clientVersion, continuation };
      line.set(createLine(state.grant, deps));
      continuation.set(null);
    } else if (state.kind === 'signedOut') {
      line.get()?.close();
      userId = null;
      line.set(null);
      pageBrand.load();
    }
  };
  session.state.subscribe(follow);
  // A link may also be opened in a tab where the page is already there.
  window.addEventListener('hashchange', () => {
    continuation.set(takeContinuation(location, history));
    arriveAgain(session);
  });
  drop(session.start(takeArrival(location, history, newId)), 'starting the session');
  const notifications = new PageNotifications({ api: globalThis.Notification, permissions, focusPage: () => focus() });
  const noticeBoard = new NoticeBoard(browserTimers);
  return { session, preferences, pageBrand, noticeBoard, notifications, line, continuation };
}

function createAudioContext(): AudioContext | null {
  return typeof AudioContext === 'undefined' ? null : new AudioContext({ latencyHint: 'interactive' });
}

/** The ring has a device of its own, where the person chose one: the loudspeaker of the desk beside the headset of calls. */
function createRingTones(preferences: Preferences): TonePlayer {
  const { values } = preferences;
  const ringTones = new TonePlayer({
    createContext: createAudioContext,
    speakerId: { get: () => values.get().ringDeviceId ?? values.get().speakerId, subscribe: values.subscribe },
    timers: browserTimers,
  });
  // What the autoplay policy held back begins with whatever the person does first.
  for (const gesture of ['pointerdown', 'keydown'])
    window.addEventListener(gesture, () => ringTones.resume(), { capture: true });
  return ringTones;
}

function arriveAgain(session: Session): void {
  const arrival = takeArrival(location, history, newId);
  if (arrival !== null) drop(session.start(arrival), 'signing in by link');
}

/** Where the other side is heard. In the page from the start, so that tests and assistive tools find it. */
function createAudioElement(): HTMLAudioElement {
  const element = document.createElement('audio');
  element.dataset.testid = 'remote-audio';
  element.autoplay = true;
  document.body.append(element);
  return element;
}
