/** Starts the bridge: reads the configuration, builds it, listens, and shuts down gracefully. */
import { compose } from './compose.ts';
import { ConfigError, loadConfig } from './config/index.ts';
import { signInUrl } from './front-end-server/index.ts';
import { createLogger, type Logger } from './observability/index.ts';
import { StartError } from './StartError.ts';
import { StorageError } from './storage/index.ts';

/** Calls get this long to be ended properly; then the process goes anyway. */
const shutdownLimitMs = 10_000;

await start();

async function start(): Promise<void> {
  try {
    const { config, path, warnings } = await loadConfig({ env: process.env, cwd: process.cwd() });
    const logger = createLogger({ level: config.log.level });
    for (const warning of warnings) logger.warn({}, warning);
    logger.info({ configuration: path ?? 'defaults', dataDir: config.dataDir }, 'Starting');
    surviveStrays(logger);
    const bridge = await compose({ config, logger });
    // A signal may come twice (from the terminal's group and from whoever started us); the first one counts.
    let isStopping = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (isStopping) return;
        isStopping = true;
        void stop(bridge, logger, signal);
      });
    }
    if (bridge.firstOperator) greet(bridge.firstOperator, bridge.origin);
    process.stdout.write(`ready ${bridge.origin}\n`);
  } catch (error) {
    const isExplained = error instanceof ConfigError || error instanceof StorageError || error instanceof StartError;
    process.stderr.write(`Dialbridge can't start: ${isExplained ? error.message : stackOf(error)}\n`);
    process.exit(1);
  }
}

async function stop(bridge: { close(): Promise<void> }, logger: Logger, signal: string): Promise<void> {
  logger.info({ signal }, 'Stopping: running calls are ended');
  const limit = setTimeout(() => {
    logger.error({}, 'Not everything could be closed in time');
    process.exit(1);
  }, shutdownLimitMs);
  limit.unref();
  try {
    await bridge.close();
    process.exit(0);
  } catch (error) {
    logger.error({ error }, 'Closing failed');
    process.exit(1);
  }
}

/** An error that nobody caught belongs to one call at the most: it is logged, and every other call goes on. */
function surviveStrays(logger: Logger): void {
  process.on('uncaughtException', (error) => logger.error({ error }, 'An error was caught by nobody'));
  process.on('unhandledRejection', (error) => logger.error({ error }, 'A rejection was handled by nobody'));
}

function greet(first: { userName: string; password: string; signInToken: string }, origin: string): void {
  process.stderr.write(
    [
      '',
      '  Welcome to Dialbridge. The first account was made; this is shown only now:',
      '',
      `    User name  ${first.userName}`,
      `    Password   ${first.password}`,
      '',
      '  Or open this link, which signs you in once:',
      '',
      `    ${signInUrl(origin, first.signInToken)}`,
      '',
      '',
    ].join('\n'),
  );
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
