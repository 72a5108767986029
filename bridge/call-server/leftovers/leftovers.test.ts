import { beforeEach, describe, expect, it } from 'vitest';
import { type Gateway, gatewaySchema } from '../../../shared/admin/index.ts';
import type { CallId, CallServerId } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { toSipPeer } from '../../proxy-server/index.ts';
import type { OutgoingInvite, SipDialogSnapshot, SipPeer } from '../../sip-stack/index.ts';
import { type CallEventRecord, MemoryDialogStore, StorageError } from '../../storage/index.ts';
import { FakeIncomingSipCall } from '../call-handler/fakes/FakeIncomingSipCall.ts';
import { FakeSip } from '../call-handler/fakes/FakeSip.ts';
import { DialogKeeper, endLeftovers } from './index.ts';

const callServerId = 's1' as CallServerId;
const gateway: Gateway = gatewaySchema.parse({ id: 'gw1', host: '127.0.0.1' });
const snapshotOf = (callId: string): SipDialogSnapshot => ({
  ...{ callId, localTag: 'ours', remoteTag: 'theirs', localUri: 'sip:a@b', remoteUri: 'sip:c@d' },
  ...{ remoteTarget: 'sip:c@127.0.0.1', routeSet: ['<sip:proxy;lr>'], localCSeq: 1000 },
});
const invite = (callId: string): OutgoingInvite => ({
  ...{ callId, peer: toSipPeer(gateway), calledNumber: '1', from: { user: 'a' }, offer: 'sdp' },
  onRemoteOffer: async () => 'sdp',
});

describe('Calls that a killed process leaves at gateways', () => {
  let dialogs: MemoryDialogStore;
  let logger: RecordingLogger;
  let keeper: DialogKeeper;
  let sip: FakeSip;
  let ended: { readonly peer: SipPeer; readonly dialog: SipDialogSnapshot }[];
  let events: CallEventRecord[];
  let gateways: Map<string, Gateway>;
  let isAnswered: boolean;

  beforeEach(() => {
    dialogs = new MemoryDialogStore();
    logger = new RecordingLogger();
    keeper = new DialogKeeper({ dialogs, logger, callServerId });
    sip = new FakeSip();
    ended = [];
    events = [];
    gateways = new Map([['gw1', gateway]]);
    isAnswered = true;
  });

  const kept = async () =>
    (await dialogs.list(callServerId)).map(({ callId, gatewayId }) => `${callId} at ${gatewayId}`);
  const dial = (callId: string) => {
    keeper.keeping(sip).invite(invite(callId));
    sip.last.snapshot = () => snapshotOf(`sip-${callId}`);
    return sip.last;
  };
  const start = async () => {
    const { done } = await endLeftovers({
      ...{ dialogs, logger, callServerId, clock: new FakeClock(5000) },
      proxyServer: { gateway: (id) => gateways.get(id) },
      records: { appendLateEvent: async (event) => void events.push(event) },
      sip: {
        endLeftover: async (peer, dialog) => {
          ended.push({ peer, dialog });
          return isAnswered;
        },
      },
    });
    await done;
  };

  it('are known from the answer to the end, and not before or after', async () => {
    const call = dial('call-1');
    expect(await kept()).toEqual([]);
    call.emit('answered', { sdp: 'sdp' });
    expect(await kept()).toEqual(['call-1 at gw1']);
    call.emit('ended', { by: 'remote' });
    expect(await kept()).toEqual([]);
  });

  it('are known also where the gateway called, from the ACK on', async () => {
    const call = new FakeIncomingSipCall({ peerId: 'gw1' });
    call.snapshot = () => snapshotOf('sip-in');
    keeper.keepIncoming(call, 'call-2' as CallId);
    expect(await kept()).toEqual([]);
    call.emit('confirmed', { sdp: null });
    expect(await kept()).toEqual(['call-2 at gw1']);
    call.emit('ended', { by: 'local' });
    expect(await kept()).toEqual([]);
  });

  it('are kept with where the gateway is reached now, under the same name', async () => {
    const call = dial('call-1');
    call.emit('answered', { sdp: 'sdp' });
    call.snapshot = () => ({ ...snapshotOf('sip-call-1'), remoteTarget: 'sip:c@192.0.2.9' });
    call.emit('retargeted');
    await start();
    expect(ended).toMatchObject([{ dialog: { callId: 'sip-call-1', remoteTarget: 'sip:c@192.0.2.9' } }]);
  });

  it('are kept by the dialog that the call has now, where one took the place of another', async () => {
    const before = dial('call-1');
    before.emit('answered', { sdp: 'sdp' });
    const next = new FakeIncomingSipCall({ peerId: 'gw1', replaces: before.dialogId });
    next.snapshot = () => snapshotOf('sip-next');
    keeper.keepIncoming(next, 'call-1' as CallId);
    next.emit('confirmed', { sdp: null });
    expect(await kept()).toEqual(['call-1 at gw1', 'call-1 at gw1']);
    before.emit('ended', { by: 'local' });
    await start();
    expect(ended).toMatchObject([{ dialog: { callId: 'sip-next' } }]);
    expect(events.map(({ callId }) => callId)).toEqual(['call-1']);
  });

  it('are ended at the next start, once, and their records say so', async () => {
    dial('call-1').emit('answered', { sdp: 'sdp' });
    await start();
    expect(ended).toMatchObject([{ peer: { id: 'gw1' }, dialog: snapshotOf('sip-call-1') }]);
    const detail = { gatewayId: 'gw1', isAnswered: true };
    expect(events).toEqual([{ callId: 'call-1', atMs: 5000, type: 'leftoverEnded', state: null, detail }]);
    await start();
    expect(ended).toHaveLength(1);
  });

  it('are given up where the gateway says nothing or is there no longer, and that is said, too', async () => {
    isAnswered = false;
    dial('call-1').emit('answered', { sdp: 'sdp' });
    await start();
    dial('call-2').emit('answered', { sdp: 'sdp' });
    gateways.clear();
    await start();
    expect(ended).toHaveLength(1);
    expect(events.map(({ callId, detail }) => [callId, detail.isAnswered])).toEqual([
      ['call-1', false],
      ['call-2', false],
    ]);
    expect(await kept()).toEqual([]);
  });

  it('are none of another call server’s business', async () => {
    const others = new DialogKeeper({ dialogs, logger, callServerId: 's2' as CallServerId });
    others.keeping(sip).invite(invite('call-1'));
    sip.last.snapshot = () => snapshotOf('sip-call-1');
    sip.last.emit('answered', { sdp: 'sdp' });
    await start();
    expect(ended).toEqual([]);
  });

  it('that can’t be written down are no trouble for the call itself', async () => {
    const full = { keep: async () => Promise.reject(new StorageError('unavailable', 'the disk is full')) };
    new DialogKeeper({ dialogs: { ...full, forget: async () => undefined }, logger, callServerId })
      .keeping(sip)
      .invite(invite('call-1'));
    sip.last.snapshot = () => snapshotOf('sip-call-1');
    sip.last.emit('answered', { sdp: 'sdp' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(logger.lines.some(({ level }) => level === 'error')).toBe(true);
  });
});
