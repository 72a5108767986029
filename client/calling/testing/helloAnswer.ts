import type { CallStatus } from '../../../shared/protocol/index.ts';

/** What a bridge answers to hello, for tests. */
export function helloAnswer(calls: readonly CallStatus[] = [], serverTimeMs = 1_700_000_000_000) {
  return {
    ok: true,
    data: {
      protocolVersion: 1,
      callServerId: 'cs-1',
      user: { id: 'u1', userName: 'alice', displayName: 'Alice', role: 'user' },
      brand: { id: 'default', name: 'Dialbridge', defaultCountry: 'US', language: 'en' },
      iceServers: [],
      callerNumbers: [] as readonly string[],
      reconnectWindowMs: 30_000,
      serverTimeMs,
      calls,
    },
  };
}
