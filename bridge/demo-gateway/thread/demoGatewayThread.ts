/** Entry of the demo gateway's thread; only ever loaded as one, so that its side effects are its purpose. */
import { parentPort, workerData } from 'node:worker_threads';
import { drop } from '../../observability/index.ts';
import type { DemoGateway } from '../DemoGateway.ts';
import { steadyClock } from '../media/steadyClock.ts';
import { runDemoGateway } from '../runDemoGateway.ts';
import type { FromThread, ThreadOptions, ToThread } from './messages.ts';
import { PortLogger } from './PortLogger.ts';

const post = (message: FromThread): void => parentPort?.postMessage(message);

const logger = new PortLogger(post);

try {
  const gateway = await runDemoGateway({ logger, clock: steadyClock }, workerData as ThreadOptions);
  parentPort?.on('message', (message: ToThread) => drop(obey(gateway, message), logger, 'obeying the main thread'));
  post({ type: 'ready', port: gateway.port });
} catch (error) {
  post({ type: 'failed', problem: error instanceof Error ? error.message : String(error) });
}

async function obey(gateway: DemoGateway, message: ToThread): Promise<void> {
  if (message.type === 'holdings') {
    post({ type: 'holdings', holdings: await gateway.holdings() });
  } else {
    await gateway.close();
    post({ type: 'closed' });
    parentPort?.close();
  }
}
