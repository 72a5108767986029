import { type LiveCall, type LiveFigures, liveCallSchema, liveFiguresSchema } from '../../../../shared/admin/index.ts';

/** A call that is up, with what a test isn't about left out. */
export function liveCall(change: Partial<Record<keyof LiveCall, unknown>> = {}): LiveCall {
  return liveCallSchema.parse({
    ...{
      callId: 'c1',
      callServerId: 'main',
      brandId: 'default',
      direction: 'outgoing',
      userId: 'u7',
      userName: 'ruth',
    },
    ...{ deviceId: null, callingNumber: null, calledNumber: '+12025550100', transferredTo: null, state: 'established' },
    ...{ gatewayId: 'carrier', codec: 'opus', mediaWay: 'relay', requestedAtMs: 1000, answeredAtMs: 5000 },
    ...{ mos: null, costSoFar: null },
    ...change,
  });
}

const none = { requested: 0, answered: 0, ended: 0, answerRate: null, postDialDelayMs: null, mos: null };

/** An hour in which little happened. */
export function liveFigures(change: Partial<LiveFigures> = {}): LiveFigures {
  return liveFiguresSchema.parse({
    atMs: 3_600_000,
    now: { calls: 0, talking: 0, incoming: 0, outgoing: 0 },
    minutes: Array.from({ length: 60 }, (_, index) => ({ fromMs: index * 60_000, ...none })),
    ...{ gateways: [], brands: [] },
    ...change,
  });
}
