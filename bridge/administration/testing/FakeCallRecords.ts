import type { CallTrace } from '../../../shared/admin/index.ts';
import { brandIdSchema, callIdSchema } from '../../../shared/domain/index.ts';
import {
  type CallEventRecord,
  type CallRecord,
  type CallRecordStore,
  type CallSearch,
  type CallSearchPage,
  StorageError,
} from '../../storage/index.ts';

/** A record, with what a test isn't about left out. */
export function callRecord(change: Partial<CallRecord> = {}): CallRecord {
  const empty = {
    ...{ userId: null, deviceId: null, callingNumber: null, callingName: null, calledName: null, gatewayId: null },
    ...{ forwardedTo: null, forwardGatewayId: null, transferredTo: null, codec: null, mediaWay: null },
    ...{ answeredAtMs: null, closing: null, gatewayChoice: null, price: null, isAnonymous: false, participants: [] },
  };
  const facts = { callId: 'c1', callServerId: 'main', brandId: 'red', direction: 'outgoing', calledNumber: '+1202' };
  return { ...empty, ...facts, requestedAtMs: 1000, ...change } as CallRecord;
}

/** What every call of a test was like. */
export const callTrace: CallTrace = {
  messages: [
    {
      ...{ atMs: 2, direction: 'sent', transport: 'udp', local: '192.0.2.1:5060', remote: '192.0.2.2:5060' },
      ...{ text: 'INVITE sip:1202@192.0.2.2 SIP/2.0', gatewayId: 'gw1' },
    },
  ],
  omittedMessages: 0,
  quality: [],
};

/** Call records that a test puts in; what was searched for is in `searches`, and finds the next of `pages`. */
export class FakeCallRecords implements Pick<CallRecordStore, 'search' | 'get' | 'events'> {
  readonly kept: CallRecord[] = [
    callRecord({ callId: callIdSchema.parse('red-call') }),
    callRecord({ callId: callIdSchema.parse('blue-call'), brandId: brandIdSchema.parse('blue') }),
  ];
  readonly pages: CallSearchPage[] = [];
  readonly searches: { search: CallSearch; before?: string; limit: number }[] = [];

  async search(search: CallSearch, options: { before?: string; limit: number }): Promise<CallSearchPage> {
    if (options.before === 'junk') throw new StorageError('badCursor', 'no cursor');
    this.searches.push({ search, ...options });
    return this.pages.shift() ?? { records: [], nextCursor: null, searchedToMs: null };
  }

  async get(callId: string): Promise<CallRecord | undefined> {
    return this.kept.find((record) => record.callId === callId);
  }

  async events(callId: string): Promise<readonly CallEventRecord[]> {
    return [{ callId: callIdSchema.parse(callId), atMs: 1, type: 'ringing', state: 'ringing', detail: { a: 1 } }];
  }
}
