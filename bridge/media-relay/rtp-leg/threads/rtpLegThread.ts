/** Entry of a worker thread: the event loop of the legs, apart from that of the signalling. */
import { randomInt } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import type { LegSettings } from '../LegConfig.ts';
import { bindGatewaySockets, bindLegSockets } from '../ports/bindLegSockets.ts';
import { LegThread, legTickMs } from './LegThread.ts';
import type { LegCommand } from './legMessages.ts';

const port = parentPort;
if (port === null) throw new Error('rtpLegThread runs in a worker thread only');

const settings: LegSettings = workerData;
const thread = new LegThread({
  report: (report) => port.postMessage(report),
  bindSockets: bindLegSockets,
  bindGatewaySockets,
  nowMs: () => performance.now(),
  randomInt: (limit) => randomInt(limit),
  settings,
  schedule: (task, delayMs) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
});
port.on('message', (command: LegCommand) => thread.handle(command));
setInterval(() => thread.tick(), legTickMs);
