import { beforeEach, describe, expect, it } from 'vitest';
import type { CallId } from '../../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import type { FakeSipCall } from '../../call-handler/fakes/FakeSip.ts';
import type { DirectorBench } from '../testing/DirectorBench.ts';
import { boss, TransferBench } from './testing/TransferBench.ts';

describe('Passing a call on', () => {
  let bed: TransferBench;
  let bench: DirectorBench;
  let callId: CallId;
  let first: FakeSipCall;
  const start = async (gateway: object = {}) => {
    bed = await TransferBench.create(gateway);
    ({ bench, callId, first } = bed);
  };
  beforeEach(() => start());

  it('asks whether they may call it, and does nothing where they may not', async () => {
    bench.authorizing = Promise.reject(new DialbridgeError('noRuleAllows'));
    await expect(bed.transfer()).rejects.toMatchObject({ code: 'noRuleAllows' });
    expect(first.commands).toEqual([]);
    expect(bench.asked.at(-1)).toMatchObject({ destination: boss, client: { user: { userName: 'alice' } } });
  });

  it('is for answered calls of this device only, and once at a time', async () => {
    const ringing = bench.newId();
    await bench.dial(ringing);
    await bench.settle();
    const request = { messageId: 'm', callId: ringing, to: { destination: boss } } as never;
    await expect(bench.director.transfer(bench.client, request)).rejects.toMatchObject({ code: 'notEstablished' });
    const stranger = { ...bench.client, deviceId: 'd2' } as typeof bench.client;
    const theirCall = { messageId: 'm', callId, to: { destination: boss } } as never;
    await expect(bench.director.transfer(stranger, theirCall)).rejects.toMatchObject({ code: 'callNotFound' });
    await bed.transfer();
    await expect(bed.transfer()).rejects.toMatchObject({ code: 'conflict' });
  });
});
