import { deaf, nobody, operator, scripted } from '../fixtures/index.ts';
import type { Network } from '../fixtures/network.ts';
import { scenarios } from '../sip-peer/index.ts';
import { incomingWays, slowWays } from './incomingWays.ts';
import type { Numbers } from './ways.ts';

const limited = '+12025550190';

/** Gateways, each with its own way of ending calls, or of not ending them. */
export const plan = {
  answers: scripted({ scenario: scenarios.answered, moreNumbers: [limited] }),
  rings: scripted({ scenario: scenarios.ringing }),
  announces: scripted({ scenario: scenarios.earlyMedia }),
  hangsUp: scripted({ scenario: scenarios.hangsUp }),
  holds: scripted({ scenario: scenarios.canBeHeld }),
  ignoresBye: scripted({ scenario: scenarios.ignoresBye }),
  losesDialog: scripted({ scenario: scenarios.losesDialog }),
  silent: deaf(),
  nobody: nobody({ transport: 'tcp' }),
  busy: scripted({ scenario: scenarios.busy }),
  busyEverywhere: scripted({ scenario: scenarios.busyEverywhere }),
  declined: scripted({ scenario: scenarios.declined }),
  wrongNumber: scripted({ scenario: scenarios.wrongNumber }),
  requestTimeout: scripted({ scenario: scenarios.requestTimeout }),
  notAcceptable: scripted({ scenario: scenarios.notAcceptable }),
  serverError: scripted({ scenario: scenarios.serverError }),
  serviceUnavailable: scripted({ scenario: scenarios.serviceUnavailable }),
  serverTimeout: scripted({ scenario: scenarios.serverTimeout }),
};

/** How many go through all the ways at the same time. */
const peopleAtOnce = 7;

const person = (userName: string) => ({ userName, password: 'a password of theirs', displayName: userName });
export const people = Array.from({ length: peopleAtOnce }, (_, index) => person(`caller${index}`));
export const undisturbed = person('undisturbed');
export const signedOut = person('signedout');

const incomingNames = [...Object.keys(incomingWays), ...Object.keys(slowWays)];

/** The number by which a person is called in one of the ways that a call comes in: no two calls at once have the same. */
export function numberFor(personIndex: number, way: string): string {
  return `+1202555${1000 + personIndex * 50 + incomingNames.indexOf(way)}`;
}
export const undisturbedNumber = '+12025550999';

const leadsTo = (id: string, userName: string) => ({
  ...{ id, brandId: 'default', destination: { kind: 'user', userName } },
  // The shortest that there is, and still the longest of all these windows.
  ringSeconds: 5,
});

/**
 * Short windows, so that all of them pass. No browser of these calls ever sends audio, so that the first one ends each call: it is far
 * from those of the gateways, which begin later on a busy machine.
 */
export const config = {
  calls: { reconnectWindowMs: 3500, firstResponseTimeoutMs: 1500, ringTimeoutMs: 1500, maxDurationMs: 5000 },
  // A gateway that failed is asked again each time, and none is looked at beside the calls.
  probes: { intervalMs: 600_000, failuresUntilDown: 100, calls: { window: 1000, minAttempts: 1000 } },
  seed: {
    users: [
      ...[...people, undisturbed, signedOut].map((one) => ({ ...one, role: 'user' })),
      { ...operator, role: 'operator' },
    ],
    rules: [
      { id: 'limited', action: 'allow', to: { prefix: limited }, limits: { maxDurationMs: 1500 } },
      { id: 'test-numbers', action: 'allow', to: { prefix: '+1202555' } },
    ],
    numbers: [
      ...people.flatMap(({ userName }, index) => incomingNames.map((way) => leadsTo(numberFor(index, way), userName))),
      leadsTo(undisturbedNumber, undisturbed.userName),
    ],
  },
};

export function numbersOf(network: Network<typeof plan>): Numbers {
  const refuses = {
    ...{ 404: network.wrongNumber, 408: network.requestTimeout, 486: network.busy, 488: network.notAcceptable },
    ...{ 500: network.serverError, 503: network.serviceUnavailable, 504: network.serverTimeout },
    ...{ 600: network.busyEverywhere, 603: network.declined },
  };
  const { answers, rings, announces, hangsUp, holds, ignoresBye, losesDialog, silent } = network;
  return {
    ...{ answers: answers.number, rings: rings.number, announces: announces.number, hangsUp: hangsUp.number },
    ...{ holds: holds.number, ignoresBye: ignoresBye.number, losesDialog: losesDialog.number, limited },
    ...{ silent: silent.number, nobody: network.nobody.number },
    refuses: Object.fromEntries(Object.entries(refuses).map(([status, { number }]) => [status, number])) as never,
  };
}
