/**
 * `npm run bench -- traces`: the processor time that keeping a call's SIP messages and quality takes: blanking secrets, reducing bodies, holding,
 * writing to SQLite; all threads of a process that does nothing else. A load of the machine hardly touches it. `--quick` looks briefly.
 */
import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { CallLoggerEvents, EndedCall } from '../bridge/call-server/call-logger/index.ts';
import { CallTraces, lateMs, writeEveryMs } from '../bridge/call-server/call-traces/CallTraces.ts';
import { FakeClock } from '../bridge/observability/FakeClock.ts';
import { createLogger } from '../bridge/observability/index.ts';
import { Tracer } from '../bridge/sip-stack/jssip/Tracer.ts';
import type { SipTransportLayer } from '../bridge/sip-stack/transport/index.ts';
import { createStorage, type Storage } from '../bridge/storage/index.ts';
import type { QualityPoint } from '../shared/admin/index.ts';
import type { CallId } from '../shared/domain/index.ts';
import { Dice } from './bench-authorization/inventData.ts';
import { inventCall } from './bench-records/inventCalls.ts';
import { messagesOf } from './bench-traces/messagesOf.ts';

const calls = process.argv.includes('--quick') ? 1000 : 10_000;
/** Calls of the two seconds after which what came in is written. */
const together = 500;
/** A point comes every five seconds: of a call of a minute. */
const points = 12;
const leg = { mos: 4.2, lossPercent: 0.1, jitterMs: 4, roundTripMs: 21 };

const logger = createLogger({ level: 'silent' });
const dataDir = await mkdtemp(join(tmpdir(), 'dialbridge-traces-'));
const storage = await createStorage({ dataDir, logger });
try {
  await openCalls(storage);
  await measure({ prefix: 'warm', withMessages: true, withPoints: true, count: calls / 10 });
  const nothing = await measure({ prefix: 'nothing', withMessages: false, withPoints: false, count: calls });
  const messages = await measure({ prefix: 'messages', withMessages: true, withPoints: false, count: calls });
  const all = await measure({ prefix: 'all', withMessages: true, withPoints: true, count: calls });
  const us = (value: number) => `${(value * 1000).toFixed(0)} µs`;
  process.stdout.write(`${process.platform}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}; Node ${process.versions.node}; ${calls} calls, written ${together} at a time.

| what is kept of a call | CPU per call |
| --- | ---: |
| its SIP messages (${messagesOf('x').length}) | ${us(messages - nothing)} |
| and ${points} points of its quality: a minute | ${us(all - nothing)} |
`);
} finally {
  await storage.close();
  await rm(dataDir, { recursive: true, force: true });
}

/** Traces are of calls that have a record. */
async function openCalls({ callRecords }: Storage): Promise<void> {
  const dice = new Dice(1);
  for (const prefix of ['warm', 'messages', 'all'])
    await Promise.all(
      Array.from({ length: calls }, (_, index) => {
        const { opening } = inventCall(dice, index, calls);
        return callRecords.open({ ...opening, callId: `${prefix}-${index}` as CallId });
      }),
    );
}

interface Measured {
  readonly prefix: string;
  readonly withMessages: boolean;
  readonly withPoints: boolean;
  readonly count: number;
}

/** Milliseconds of all threads for a call. */
async function measure({ prefix, withMessages, withPoints, count }: Measured): Promise<number> {
  const layer: Pick<SipTransportLayer, 'onWire'> = { onWire: null };
  const tracer = new Tracer({
    layer: layer as SipTransportLayer,
    logger,
    preciseNow: () => performance.timeOrigin + performance.now(),
    peerOf: () => 'gateway',
  });
  const log = new EventEmitter<CallLoggerEvents>();
  const clock = new FakeClock(Date.now());
  const written: Promise<void>[] = [];
  const traces = new CallTraces({
    sip: { traceCalls: (listener) => (withMessages ? tracer.addForCalls(listener) : () => {}) },
    store: {
      append: (callId, part) => {
        const writing = storage.callTraces.append(callId, part);
        written.push(writing);
        return writing;
      },
    },
    ...{ log: log as never, clock, logger },
  });
  const before = process.cpuUsage();
  for (let first = 0; first < count; first += together) {
    for (let index = first; index < Math.min(count, first + together); index += 1) {
      const callId = `${prefix}-${index}` as CallId;
      const sipCallId = `sip-${callId}`;
      log.emit('happened', { callId, atMs: index, type: 'gatewayTried', state: null, detail: { sipCallId } });
      for (const message of messagesOf(sipCallId)) layer.onWire?.(message);
      if (withPoints) for (let point = 0; point < points; point += 1) traces.measured(callId, pointAt(point * 5000));
      log.emit('ended', { opening: { callId } } as EndedCall);
    }
    clock.advance(Math.max(writeEveryMs, lateMs));
    await setImmediate();
    await Promise.all(written.splice(0));
  }
  const { user, system } = process.cpuUsage(before);
  await traces.close();
  return (user + system) / 1000 / count;
}

function pointAt(atMs: number): QualityPoint {
  return { atMs, fromBrowser: leg, toBrowser: leg, fromGateway: leg, toGateway: leg };
}
