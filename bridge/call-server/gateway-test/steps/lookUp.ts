import type { SipDestination } from '../../../sip-stack/index.ts';
import type { StepResult } from '../TestRun.ts';
import { placeOf } from '../words.ts';
import type { TestContext } from './TestContext.ts';

/** Where the gateway's addresses lead (RFC 3263). */
export async function lookUp(
  { sip, peer, gateway }: TestContext,
  found: (destinations: readonly SipDestination[]) => void,
): Promise<StepResult> {
  const name = (gateway.outboundProxy ?? gateway).host;
  try {
    const destinations = await sip.locate(peer);
    if (destinations.length === 0) return notFound(name, 'there is no address');
    found(destinations);
    const places = destinations.map(placeOf).join(', ');
    return { outcome: 'passed', text: `${name} leads to ${places}.` };
  } catch (error) {
    return notFound(name, error instanceof Error ? error.message : String(error));
  }
}

function notFound(name: string, why: string): StepResult {
  const text = `${name} leads nowhere: ${why}. Look at the name, and whether the bridge’s DNS server knows it.`;
  return { outcome: 'failed', text };
}
