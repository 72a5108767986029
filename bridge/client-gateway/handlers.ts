import { DialbridgeError } from '../../shared/errors/index.ts';
import type { AckData, RequestName, RequestPayload } from '../../shared/protocol/index.ts';
import type { CallClient, CallServer } from '../call-server/index.ts';

/** Requests that the call server answers, each once however often it comes. */
export type CallRequestName = Exclude<RequestName, 'session:hello' | 'session:refresh' | 'session:ping'>;

type CallHandlers = {
  [Name in CallRequestName]: (client: CallClient, payload: RequestPayload<Name>) => Promise<AckData<Name>>;
};

/** What each request about calls asks of the call server. */
export function callHandlers(callServer: CallServer): CallHandlers {
  return {
    'session:setAvailability': (client, request) => callServer.setAvailability(client, request),
    'call:dial': (client, request) => callServer.dial(client, request),
    'call:answer': (client, request) => callServer.answer(client, request),
    'call:decline': async (client, { callId }) => {
      await callServer.decline(client, callId);
      return {};
    },
    'call:hangUp': async (client, { callId }) => {
      await callServer.hangUp(client, callId);
      return {};
    },
    'call:dtmf': async (client, { callId, digits }) => {
      if (!client.brand.features.keypad) throw new DialbridgeError('featureOff');
      await callServer.sendDtmf(client, callId, digits);
      return {};
    },
    'call:hold': async (client, { callId }) => {
      await callServer.hold(client, callId);
      return {};
    },
    'call:resume': async (client, { callId }) => {
      await callServer.resume(client, callId);
      return {};
    },
    'call:transfer': async (client, request) => {
      if (!client.brand.features.transfer) throw new DialbridgeError('featureOff');
      await callServer.transfer(client, request);
      return {};
    },
    'call:reattach': (client, request) => callServer.reattach(client, request),
    'call:handOver': (client, { callId }) => callServer.handOver(client, callId),
    'call:push': async (client, request) => {
      await callServer.push(client, request);
      return {};
    },
    'call:mute': async (client, { callId, isMuted }) => {
      await callServer.setMuted(client, callId, isMuted);
      return {};
    },
    'media:offer': (client, { callId, offer }) => callServer.acceptOffer(client, callId, offer),
    'media:candidates': async (client, { callId, candidates }) => {
      await callServer.addCandidates(client, callId, candidates);
      return {};
    },
    'media:state': async (client, request) => {
      await callServer.mediaStateChanged(client, request);
      return {};
    },
    'media:check': (client, request) => callServer.startCheck(client, request),
    'media:endCheck': async (client, { checkId }) => {
      await callServer.endCheck(client, checkId);
      return {};
    },
    'stats:report': async (client, request) => {
      await callServer.reportQuality(client, request);
      return {};
    },
  };
}
