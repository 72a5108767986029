import type { MediaSession } from '../../media-relay/index.ts';
import type { CallClient, ClientChannel } from '../CallServer.ts';
import { CallHandler, type CallReporter, ClientLeg, reportAnswer, reportCodec } from '../call-handler/index.ts';
import type { IncomingCallDeps, IncomingCallOptions, IncomingCallRequest } from './IncomingCallDeps.ts';
import { IncomingLeg } from './IncomingLeg.ts';

export interface Taking {
  readonly client: CallClient;
  readonly channel: ClientChannel | null;
  /** The browser's offer has been answered. */
  readonly media: MediaSession;
  readonly reporter: CallReporter;
  readonly firstProgressAtMs: number | null;
}

export interface TakenCall {
  readonly handler: CallHandler;
  readonly clientLeg: ClientLeg;
  readonly leg: IncomingLeg;
}

/** The call between the device that takes it and the gateway that made it. `leg.answer()` sets it going. */
export function takeCall(
  deps: IncomingCallDeps,
  options: IncomingCallOptions,
  { callId, call, gateway, place, number, requestedAtMs }: IncomingCallRequest,
  { client, channel, media, reporter, firstProgressAtMs }: Taking,
): TakenCall {
  const { clock, logger, relay, watchers = [] } = deps;
  const clientLeg = new ClientLeg({ media, clock }, { callId, ...options }, channel);
  const leg = new IncomingLeg(
    { call, media, place, logger, readMos: async () => (await media.stats()).gateway.mos },
    { gateway, dtmf: options.dtmf },
  );
  const handler = new CallHandler(
    { clock, logger, relay, watchers },
    {
      ...{ client, media, clientLeg, reporter },
      gatewayLeg: leg,
      beginning: { firstProgressAtMs, stopRinging: () => undefined },
    },
    { calledNumber: number.id, requestedAtMs, maxDurationMs: options.maxDurationMs, person: 'called' },
  );
  leg.on('codecAgreed', (codec) => reportCodec(reporter, codec));
  leg.on('answered', () => {
    const answeredAtMs = clock.now();
    if (reportAnswer(reporter, answeredAtMs)) handler.answered(answeredAtMs);
  });
  return { handler, clientLeg, leg };
}
