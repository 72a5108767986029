import { EventEmitter } from 'node:events';
import type { TrunkSession, TrunkSessionEvents } from '../../../media-relay/index.ts';
import { FakeMediaSession } from './FakeMediaSession.ts';

/** The audio between two gateways, without audio. */
export class FakeTrunkSession extends EventEmitter<TrunkSessionEvents> implements TrunkSession {
  readonly incoming = new FakeMediaSession();
  readonly outgoing = new FakeMediaSession();
  isClosed = false;

  async stats() {
    const { gateway } = await this.incoming.stats();
    return { incoming: gateway, outgoing: gateway, codec: null };
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}
