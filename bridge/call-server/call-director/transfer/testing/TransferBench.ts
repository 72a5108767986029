import { gatewaySchema } from '../../../../../shared/admin/index.ts';
import type { CallId } from '../../../../../shared/domain/index.ts';
import type { CallStatus } from '../../../../../shared/protocol/index.ts';
import type { FakeMediaSession } from '../../../call-handler/fakes/FakeMediaSession.ts';
import type { FakeSipCall } from '../../../call-handler/fakes/FakeSip.ts';
import { DirectorBench } from '../../testing/DirectorBench.ts';

/** Where calls are passed on to. */
export const boss = '+12025550177';

/** A call that somebody talks in and wants to pass on. */
export class TransferBench {
  readonly bench: DirectorBench;
  readonly callId: CallId;
  /** Towards the party that is passed on. */
  readonly first: FakeSipCall;

  static async create(gateway: object = {}): Promise<TransferBench> {
    const bench = await DirectorBench.create();
    bench.gateways = [gatewaySchema.parse({ id: 'gw1', host: '127.0.0.1', ...gateway })];
    const callId = await bench.talk();
    const first = bench.sip.last;
    bench.authorization = { ...bench.authorization, calledNumber: boss };
    return new TransferBench(bench, callId, first);
  }

  private constructor(bench: DirectorBench, callId: CallId, first: FakeSipCall) {
    this.bench = bench;
    this.callId = callId;
    this.first = first;
  }

  transfer(to: { readonly destination: string } | { readonly callId: CallId } = { destination: boss }): Promise<void> {
    const { bench, callId } = this;
    return bench.director.transfer(bench.client, { messageId: 'message-2', callId, to });
  }

  statusOf(callId = this.callId): CallStatus | undefined {
    return this.bench.statuses.findLast((status) => status.callId === callId);
  }

  /** The audio of the n-th call. */
  session(index: number): FakeMediaSession {
    const session = this.bench.sessions[index];
    if (!session) throw new Error('there is no such call');
    return session;
  }

  /** The last number that was called answers. */
  async answer(): Promise<void> {
    this.bench.sip.last.emit('answered', { sdp: 'sdp' });
    await this.bench.settle();
  }

  async ring(): Promise<void> {
    this.bench.sip.last.emit('progress', { status: 180, reason: 'Ringing', sdp: null });
    await this.bench.settle();
  }
}
