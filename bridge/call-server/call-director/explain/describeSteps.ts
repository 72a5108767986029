import type { Explanation } from '../../../../shared/admin/index.ts';
import type { DialbridgeError } from '../../../../shared/errors/index.ts';
import type { Authorization } from '../Authorization.ts';
import type { CallFacts } from '../decision/CallFacts.ts';
import type { Destination } from '../numbers/parseDestination.ts';
import type { ExplainedStep } from './DecisionRecorder.ts';
import { countryName, oneOfKind } from './plainWords.ts';

type Step = Explanation['steps'][number];
type Told = Omit<Step, 'step'>;

/** What is known when everything has been looked at. */
export interface Outcome {
  readonly facts: CallFacts;
  /** In the order in which they were looked at. */
  readonly steps: readonly ExplainedStep[];
  /** Of the last step; null: it passed. */
  readonly error: DialbridgeError | null;
  readonly called: Destination | null;
  /** null: refused before. */
  readonly authorization: Authorization | null;
  readonly firstGateway: string | null;
  readonly hasLimits: boolean;
}

/** Everything that was looked at but the rules, which tell for themselves. */
export function describeSteps(outcome: Outcome): Step[] {
  const { steps, error } = outcome;
  return steps.flatMap((step, index) => {
    if (step === 'rules') return [];
    const isRefused = error !== null && index === steps.length - 1;
    return {
      step,
      ...(isRefused ? { outcome: 'refused' as const, text: error.message } : describePassed(step, outcome)),
    };
  });
}

function describePassed(step: Exclude<ExplainedStep, 'rules'>, outcome: Outcome): Told {
  const { facts, called, authorization } = outcome;
  switch (step) {
    case 'caller':
      return describeCaller(facts);
    case 'number':
      return passed(`Read as ${called?.formatted}, ${called && describeKind(called)}.`);
    case 'emergency':
      return called?.isEmergency
        ? passed(`Goes to the gateways ${authorization?.gatewayIds?.join(', ')}, whatever rules and limits say.`)
        : skipped('It is no emergency number.');
    case 'bounds':
      return describeBounds(facts);
    case 'callerNumber':
      return passed(
        authorization?.callerNumber ? `${authorization.callerNumber} is shown.` : 'The gateway’s own number is shown.',
      );
    case 'limits':
      return outcome.hasLimits ? passed('All limits leave room for the call.') : skipped('No limit counts this call.');
    case 'gateways':
      return passed(`${outcome.firstGateway} is tried first.`);
  }
}

function describeKind({ isEmergency, type, country }: Destination): string {
  if (isEmergency) return 'an emergency number';
  return `${oneOfKind(type)}${country === null ? ', whose country can’t be told' : ` in ${countryName(country)}`}`;
}

function describeCaller({ caller, origin }: CallFacts): Told {
  if (caller.kind === 'account') return passed('The account is enabled.');
  if (caller.kind === 'hostUser') return passed('A host application’s token speaks for its user.');
  return passed(`The embed key “${caller.key?.name}” is enabled and may be used on ${origin}.`);
}

function describeBounds({ caller }: CallFacts): Told {
  if (caller.kind === 'account') return skipped('An account has no bounds but the rules.');
  if (caller.kind === 'visitor') return passed('The embed key names the number.');
  const { destinations } = caller.grants;
  return destinations === null
    ? skipped('The token sets no bounds.')
    : passed(`The token allows numbers that begin with ${destinations.join(', ')}.`);
}

function passed(text: string): Told {
  return { outcome: 'passed', text };
}

function skipped(text: string): Told {
  return { outcome: 'skipped', text };
}
