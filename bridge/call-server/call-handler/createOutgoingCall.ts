import type { ClientChannel } from '../CallServer.ts';
import { CallHandler } from './CallHandler.ts';
import type { CallHandlerDeps, CallHandlerOptions, CallRequest } from './CallHandlerDeps.ts';
import { CallSetup } from './CallSetup.ts';
import { ClientLeg } from './ClientLeg.ts';
import { DirectableAudio, DirectCall, reofferPlain } from './direct/index.ts';
import { GatewayLeg } from './gateway-leg/index.ts';
import { CallReporter } from './reports/CallReporter.ts';

/** A call that a person at a client dials. */
export interface OutgoingCall {
  readonly handler: CallHandler;
  /** The INVITE alone, of a call without a browser. */
  startPassedOn(): void;
  /**
   * The INVITE and the browser's ICE and DTLS run side by side; resolves with the answer for the browser, or null when the call
   * ended before there was one. @throws DialbridgeError as `CallHandler.start`
   */
  start(offer: string): Promise<string | null>;
}

export function createOutgoingCall(
  deps: CallHandlerDeps,
  options: CallHandlerOptions,
  request: CallRequest,
  channel: ClientChannel | null,
): OutgoingCall {
  const { callId, client, calledNumber, callerNumber, isNumberWithheld, isEmergency, selection } = request;
  const { clock } = deps;
  // Also those that only a later gateway speaks: a failover may need them.
  const codecs = [...new Set(selection.candidates.flatMap((gateway) => gateway.codecs))];
  const { passedOn } = request;
  const createRelayed = () => deps.relay.createSession({ callId, codecs, ...(passedOn && { sendsSilence: true }) });
  // Without a browser a gateway that speaks with browsers speaks with the relay, as one of them.
  const isDirectable = selection.candidates.some((gateway) => gateway.media === 'direct');
  const beginsDirect = !passedOn && selection.candidates[0]?.media === 'direct';
  const audio = isDirectable ? new DirectableAudio({ createRelayed, clock }, { beginsDirect }) : null;
  const media = audio ?? createRelayed();
  const clientLeg = new ClientLeg({ media, clock }, { callId, ...options }, channel);
  const gatewayLeg = new GatewayLeg(
    {
      ...{ ...deps, media, readMos: async () => (await media.stats()).gateway.mos },
      ...(audio && { reofferOtherwise: (refusal, again) => reofferPlain({ ...deps, audio }, refusal, again) }),
    },
    {
      callId,
      calledNumber,
      isEmergency,
      calling: {
        userName: client.user.userName,
        displayName: client.user.displayName,
        number: callerNumber,
        usualNumber: options.callerNumber,
        isNumberWithheld,
      },
      candidates: selection.candidates,
      ...(passedOn && { codecs: passedOn.codecs }),
      ...options,
    },
  );
  const reporter = new CallReporter(
    { log: deps.log, notify: passedOn?.onStatus ?? ((status) => clientLeg.notify('call:status', status)) },
    { ...factsOf(request), direction: 'outgoing', callingNumber: null },
  );
  const setup = new CallSetup({ gatewayLeg, reporter, clock }, options);
  const maxDurationMs = Math.min(options.maxDurationMs, request.maxDurationMs ?? Number.POSITIVE_INFINITY);
  const direct = audio && new DirectCall({ ...deps, audio, clientLeg, gatewayLeg }, { callId, ...options });
  const watchers = [...(direct ? [direct.watch.bind(direct)] : []), ...(deps.watchers ?? [])];
  const handler = new CallHandler(
    { ...deps, watchers },
    { client, media, clientLeg, gatewayLeg, reporter, beginning: setup, ...(direct && { browserNews: direct }) },
    { ...factsOf(request), maxDurationMs, person: 'caller' },
  );
  setup.on('unanswered', () => handler.giveUp());
  setup.on('answered', (atMs) => handler.answered(atMs));
  if (passedOn) handler.inCall.beginWithoutPerson();
  return {
    handler,
    start: (offer) => handler.start(offer, () => gatewayLeg.start()),
    startPassedOn: () => gatewayLeg.start(),
  };
}

function factsOf({ callId, calledNumber, calledName, requestedAtMs }: CallRequest) {
  return { callId, calledNumber, calledName, requestedAtMs };
}
