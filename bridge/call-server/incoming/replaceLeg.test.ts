import { beforeEach, describe, expect, it } from 'vitest';
import { type Gateway, gatewaySchema } from '../../../shared/admin/index.ts';
import type { CallId } from '../../../shared/domain/index.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { TransferBench } from '../call-director/transfer/testing/TransferBench.ts';
import { FakeIncomingSipCall } from '../call-handler/fakes/FakeIncomingSipCall.ts';
import { FakeProxyServer } from '../call-handler/fakes/FakeProxyServer.ts';
import { replaceLeg } from './replaceLeg.ts';

const gateway: Gateway = gatewaySchema.parse({ id: 'gw1', host: '127.0.0.1' });

describe('An INVITE that replaces a dialog', () => {
  let bed: TransferBench;
  let proxyServer: FakeProxyServer;
  /** Calls whose dialogs were to be written down. */
  let kept: string[];
  const handlerOf = (callId = bed.callId) => bed.bench.director.handler(bed.bench.client, callId);
  const replace = async (call: FakeIncomingSipCall) => {
    const dialogs = { keepIncoming: (_: unknown, callId: string) => void kept.push(callId) };
    const deps = { proxyServer, dialogs, logger: new RecordingLogger(), newId: () => 'further-1' };
    const options = { dtmf: { durationMs: 120, gapMs: 80 } };
    const done = replaceLeg(deps, options, { handler: handlerOf(), call, gateway });
    await bed.bench.settle();
    await done;
  };
  const by = { callId: 'sip-call', localTag: 'ours', remoteTag: 'theirs' };

  beforeEach(async () => {
    bed = await TransferBench.create();
    proxyServer = new FakeProxyServer();
    kept = [];
  });

  it('is found by the names of that dialog, at its own gateway and by all of them', () => {
    const { director } = bed.bench;
    expect(director.findByDialog(gateway.id, by)).toBe(handlerOf());
    expect(director.findByDialog('gw2' as typeof gateway.id, by)).toBeUndefined();
    for (const change of [{ callId: 'another' }, { localTag: 'x' }, { remoteTag: 'x' }]) {
      expect(director.findByDialog(gateway.id, { ...by, ...change })).toBeUndefined();
    }
  });

  it('has the call, with the browser’s audio as it is, and the dialog of before is ended', async () => {
    const call = new FakeIncomingSipCall({ offer: 'new offer' });
    await replace(call);
    expect(call.said).toEqual(['200 answer to new offer']);
    // Whoever has to end it after a crash finds the call's own record.
    expect(kept).toEqual([bed.callId]);
    await bed.bench.clock.advanceAsync(2000);
    expect(bed.first.commands).toEqual(['bye']);
    expect(bed.statusOf()?.state).toBe('established');
    bed.bench.director.hangUp(bed.bench.client, bed.callId);
    await bed.bench.settle();
    expect(call.said.at(-1)).toBe('bye');
    expect(bed.bench.clock.pendingTimers).toBe(0);
    expect(proxyServer.placed).toEqual([]);
  });

  it('says who is there now, as its gateway writes numbers', async () => {
    await replace(new FakeIncomingSipCall({ offer: 'new offer', callingUser: '+442079460099' }));
    expect(bed.statusOf()?.calledNumber).toBe('+442079460099');
  });

  it('keeps the number that is known where the new one is withheld', async () => {
    const before = bed.statusOf()?.calledNumber;
    await replace(new FakeIncomingSipCall({ offer: 'new offer', callingUser: null }));
    expect(bed.statusOf()?.calledNumber).toBe(before);
  });

  it('is refused with a place for it full, and the call stays', async () => {
    proxyServer.claim = async () => 'full';
    const call = new FakeIncomingSipCall({ offer: 'new offer' });
    await replace(call);
    expect(call.said).toEqual(['503 34']);
    expect(bed.statusOf()?.state).toBe('established');
  });

  it('gives the call back where its own audio can’t be answered', async () => {
    const session = bed.session(0);
    session.acceptGatewayOffer = async () => {
      throw new Error('unreadable');
    };
    const call = new FakeIncomingSipCall({ offer: 'junk' });
    await replace(call);
    await bed.bench.settle();
    expect(call.said).toHaveLength(1);
    expect(bed.first.commands).toEqual(['reinvite gateway offer']);
    expect(bed.statusOf()?.state).toBe('established');
    expect(proxyServer.placed).toEqual([]);
  });

  it('belongs to nobody once the call has ended', () => {
    bed.bench.director.hangUp(bed.bench.client, bed.callId);
    expect(bed.bench.director.findByDialog(gateway.id, by)).toBeUndefined();
    expect(() => handlerOf('nobody’s' as CallId)).toThrow();
  });
});
