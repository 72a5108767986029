/** A test that shows something of a fault. */
export interface ShownBy {
  /** From the project's folder. */
  readonly file: string;
  readonly test: string;
}

/** What goes wrong while two people talk, and what each side notices of it. */
export interface Fault {
  readonly id: string;
  readonly fault: string;
  readonly when: string;
  readonly person: string;
  readonly gateway: string;
  readonly record: string;
  /** Tests beside that of this id in `e2e/specs/survival/faults.spec.ts`. */
  readonly shownBy: readonly ShownBy[];
}

const survival = (test: string): ShownBy => ({ file: 'e2e/specs/survival/survival.spec.ts', test });

/** Of which `faults.spec.ts` has a test of the same id. */
export const faultsWithTest = [
  {
    id: 'socketLost',
    fault: 'The socket is lost, and regained within the window',
    when: 'Wi-Fi to mobile, a proxy that restarts',
    person: '“Reconnecting, the other side is still there”; then the call as it was',
    gateway: 'Nothing but a short silence at most',
    record: '`clientLost`, then `clientAttached`; the call goes on',
    shownBy: [survival('a network that goes and comes leads to a new audio connection at once')],
  },
  {
    id: 'tabReloaded',
    fault: 'The tab is reloaded',
    when: 'At any time of the call',
    person: 'The call again, with its audio',
    gateway: 'A short silence',
    record: '`clientLost`, `clientAttached`, `browserReoffered`; the call goes on',
    shownBy: [survival('a call goes on after a reload')],
  },
  {
    id: 'workerKilled',
    fault: 'A media worker is killed',
    when: 'Its process dies',
    person: 'A short silence',
    gateway: 'A short silence',
    record: '`mediaWorkerLost`, `browserReoffered`; the call goes on',
    shownBy: [survival('a call goes on when the media worker is killed')],
  },
  {
    id: 'windowPassed',
    fault: 'The window passes and nobody comes back',
    when: 'After `calls.reconnectWindowMs` (30 s)',
    person: 'The call is gone when they come back',
    gateway: 'BYE',
    record: '`clientLost`; ended as `answered` with the error `clientLost`',
    shownBy: [],
  },
  {
    id: 'gatewaySilent',
    fault: 'The gateway falls silent: no audio, no answer to anything',
    when: 'It hangs, or its network is gone',
    person: '“The connection to the other side was lost.”, about 37 s after the last packet',
    gateway: 'A re-INVITE about 5 s after its last packet, repeated for 32 s',
    record: '`audioStopped` of the gateway; ended as `answered` with the error `gatewayLost`',
    shownBy: [
      { file: 'bridge/call-server/media-watch/mediaWatch.test.ts', test: 'is ended as lost where its gateway %s' },
    ],
  },
  {
    id: 'gatewayKilled',
    fault: 'The gateway’s process is killed',
    when: 'It dies without a BYE',
    person: 'The same; over TCP and TLS, where nobody takes a connection, about 5 s after the last packet',
    gateway: 'Nothing: it is gone',
    record: 'The same',
    shownBy: [],
  },
  {
    id: 'byeUnanswered',
    fault: 'The gateway never answers our BYE',
    when: 'The person hangs up',
    person: 'The call is over',
    gateway: 'The BYE, repeated for 32 s',
    record: 'Ended as `answered` by the caller, at the time of the hang-up',
    shownBy: [],
  },
  {
    id: 'bothSilent',
    fault: 'The audio of both sides is lost',
    when: 'For `calls.deadCallMs` (a minute), while nobody is on hold',
    person: '“The audio connection was lost.”',
    gateway: 'BYE',
    record: '`audioStopped` of both; ended as `answered` with the error `mediaLost`',
    shownBy: [
      {
        file: 'bridge/call-server/media-watch/mediaWatch.test.ts',
        test: 'from both sides is ended after the time for it, not a millisecond before, and its record says why',
      },
    ],
  },
] as const satisfies readonly Fault[];

/** Of which other tests show everything. */
const faultsShownElsewhere: readonly Fault[] = [
  {
    id: 'unreachable',
    fault: 'The call server’s address is unreachable for 20 s',
    when: 'A cable, a router, a proxy',
    person: '“Reconnecting, the other side is still there”, and how long it is held; they can hang up even then',
    gateway: 'Silence',
    record: '`clientLost`, then `clientAttached`; the call goes on',
    shownBy: [
      survival('a call goes on for 20 s without its bridge, and says so with the time that is left'),
      survival('a call can be hung up without its bridge, which hears of it as soon as it is back'),
    ],
  },
  {
    id: 'browserCrashed',
    fault: 'The browser crashes and is opened again',
    when: 'Within the window',
    person: 'Their call is taken back, by its resume key',
    gateway: 'A short silence',
    record: '`clientLost`, then `moved` to the new tab; the call goes on',
    shownBy: [survival('a call goes on after the browser crashed and was opened again')],
  },
  {
    id: 'moved',
    fault: 'The call moves to another device (no fault, but the same act)',
    when: 'A link, a QR code, “take this call here”, or the other device is asked',
    person: 'It goes on there; the first device says where',
    gateway: 'A short silence',
    record: '`moved`; the call goes on',
    shownBy: [
      { file: 'e2e/specs/survival/moving.spec.ts', test: 'a call is pushed to another device, which is asked first' },
      { file: 'e2e/specs/survival/moving.spec.ts', test: 'a call is taken from another device, like a handset' },
    ],
  },
  {
    id: 'bridgeKilled',
    fault: 'The bridge is killed and started again',
    when: '`kill -9`, a power cut',
    person: 'The call is in the history as interrupted',
    gateway: 'BYE at the next start',
    record: 'Closed as `interrupted`; `leftoverEnded` says whether the gateway confirmed it',
    shownBy: [
      {
        file: 'e2e/specs/survival/crash.spec.ts',
        test: 'a call that a killed bridge was in is ended at its gateway by the next start, and in the history as interrupted',
      },
      {
        file: 'e2e/specs/survival/crash.spec.ts',
        test: 'a call whose gateway has moved meanwhile is ended where it is reached now',
      },
      {
        file: 'bridge/call-server/leftovers/leftovers.test.ts',
        test: 'are ended at the next start, once, and their records say so',
      },
    ],
  },
];

export type FaultWithTest = (typeof faultsWithTest)[number]['id'];

export const faults: readonly Fault[] = [...faultsWithTest, ...faultsShownElsewhere];
