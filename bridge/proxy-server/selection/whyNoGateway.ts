import type { GatewaySelection } from './SelectionRequest.ts';

/** What to tell whoever wants to call, where a choice left no gateway: those that could take the call may only be full. */
export function whyNoGateway({ steps }: Pick<GatewaySelection, 'steps'>): 'allLinesBusy' | 'noGatewayForNumber' {
  const isFull = steps.some(({ step, dropped }) => step === 'capacity' && dropped.length > 0);
  return isFull ? 'allLinesBusy' : 'noGatewayForNumber';
}
