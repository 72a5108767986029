import { isIPv4 } from 'node:net';
import type { WrittenConfig } from './configSchema.ts';

/** First port for browsers when the bridge is open to other machines; below the ports that systems give out by themselves. */
const openBrowserPort = 21000;

/** The configuration as the bridge uses it: every path absolute, every choice made. */
export type Config = Omit<WrittenConfig, 'media' | 'demoGateway'> & {
  readonly media: Omit<WrittenConfig['media'], 'browserPort' | 'workerBin'> & {
    readonly browserPort: number;
    readonly workerBin?: string;
  };
  readonly demoGateway: boolean;
};

export function resolveConfig(written: WrittenConfig, locate: (path: string) => string): Config {
  const { tls, ...http } = written.http;
  const { workerBin, browserPort, holdMusic, ...media } = written.media;
  return {
    ...written,
    dataDir: locate(written.dataDir),
    http: tls === undefined ? http : { ...http, tls: { certFile: locate(tls.certFile), keyFile: locate(tls.keyFile) } },
    media: {
      ...media,
      browserPort: browserPort ?? (isLoopback(media.listenAddress) ? 0 : openBrowserPort),
      holdMusic: holdMusic === null ? null : locate(holdMusic),
      ...(workerBin === undefined ? {} : { workerBin: locate(workerBin) }),
    },
    demoGateway: written.demoGateway ?? written.seed.gateways.length === 0,
  };
}

function isLoopback(address: string): boolean {
  return address === '::1' || (isIPv4(address) && address.startsWith('127.'));
}
