import { browserOffer } from '../fixtures/browserOffer.ts';
import type { ProtocolClient } from '../fixtures/ProtocolClient.ts';
import { callerScenarios, waitUntil } from '../sip-peer/index.ts';
import { ended, must, type Place, type Ways } from './ways.ts';

/** Why it rings no longer. */
async function unanswered(client: ProtocolClient, callId: string): Promise<string> {
  const end = await waitUntil(
    'the end of what rings',
    () => client.incomingEnds.find((one) => one.callId === callId),
    30_000,
  );
  return end.reason;
}

async function answered(place: Place, scenario: (typeof callerScenarios)['listens']) {
  const { caller, callId } = await place.ring(scenario);
  await must(place.client, 'call:answer', { callId, offer: browserOffer() });
  return { caller, callId };
}

/** Every way in which a call of a gateway can end. The gateway has heard what it should each time: its scenario is done. */
export const incomingWays: Ways = {
  'a gateway gives up': [
    'cancelled',
    async (place) => {
      const { caller, callId } = await place.ring(callerScenarios.givesUp);
      await caller.done();
      return unanswered(place.client, callId);
    },
  ],
  'a gateway is declined': [
    'declined',
    async (place) => {
      const { caller, callId } = await place.ring(callerScenarios.refused(603));
      // Who declines is not told of it.
      const other = await place.joinAnother();
      await must(place.client, 'call:decline', { callId });
      await caller.done();
      const reason = await unanswered(other, callId);
      other.close();
      return reason;
    },
  ],
  'a gateway finds nobody who may be disturbed': [
    null,
    async (place) => {
      await (await place.ringInVain(callerScenarios.refused(486))).done();
      return null;
    },
  ],
  'a gateway that was answered hangs up': [
    'answered',
    async (place) => {
      const { caller, callId } = await answered(place, callerScenarios.hangsUp);
      await caller.done();
      return ended(place.client, callId);
    },
  ],
  'a gateway that was answered is hung up': [
    'answered',
    async (place) => {
      const { caller, callId } = await answered(place, callerScenarios.listens);
      await place.client.request('call:hangUp', { callId });
      await caller.done();
      return ended(place.client, callId);
    },
  ],
  'a gateway was answered, and the socket is lost': [
    null,
    async (place) => {
      const { caller } = await answered(place, callerScenarios.listens);
      place.client.close();
      await caller.done();
      return null;
    },
  ],
};

/**
 * What takes long, so that it is not done over and over: five seconds of ringing, and half a minute until the answer is given up
 * (64*T1, RFC 3261 section 13.3.1.4).
 */
export const slowWays: Ways = {
  'a gateway is not answered': [
    'noAnswer',
    async (place) => {
      const { caller, callId } = await place.ring(callerScenarios.refused(480));
      await caller.done();
      return unanswered(place.client, callId);
    },
  ],
  'a gateway never acknowledges the answer': [
    'answered mediaLost',
    async (place) => {
      const { caller, callId } = await answered(place, callerScenarios.neverAcknowledges);
      await caller.done();
      return ended(place.client, callId);
    },
  ],
};
