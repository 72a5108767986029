import type { Browser } from '@playwright/test';
import { HoldingsReader } from '../fixtures/Holdings.ts';
import { Bridge, bridgeConfig, launchBrowser, operator } from '../fixtures/index.ts';
import { MeasuringGateway } from './MeasuringGateway.ts';
import { DelayGateway } from './relay-delay/DelayGateway.ts';

/** Is answered at once. */
export const instantNumber = '+12025550120';
/** Rings for a fifth of a second, then is answered. */
export const ringingNumber = '+12025550121';

/** Is answered at once by a gateway in this process. */
export const delayNumber = '+12025550190';

/** What all measurements share: one bridge, one gateway by UDP and PCMU, one browser. */
export class BenchSetting {
  readonly bridge: Bridge;
  readonly gateway: MeasuringGateway;
  readonly delayGateway: DelayGateway;
  readonly browser: Browser;
  readonly holdings: HoldingsReader;

  private constructor(parts: Pick<BenchSetting, 'bridge' | 'gateway' | 'delayGateway' | 'browser' | 'holdings'>) {
    this.bridge = parts.bridge;
    this.gateway = parts.gateway;
    this.delayGateway = parts.delayGateway;
    this.browser = parts.browser;
    this.holdings = parts.holdings;
  }

  static async create(options: Parameters<typeof Bridge.start>[1] = {}): Promise<BenchSetting> {
    const [gateway, delayGateway] = await Promise.all([MeasuringGateway.start(), DelayGateway.create()]);
    const common = { host: '127.0.0.1', transport: 'udp', codecs: ['PCMU'] };
    const bridge = await Bridge.start(
      bridgeConfig([
        { ...common, id: 'bench', port: gateway.port, prefixes: ['+1'] },
        { ...common, id: 'delay', port: delayGateway.port, prefixes: [delayNumber] },
      ]),
      options,
    );
    const browser = await launchBrowser();
    const holdings = await HoldingsReader.create(bridge, operator);
    return new BenchSetting({ bridge, gateway, delayGateway, browser, holdings });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.bridge.close();
    this.gateway.close();
    this.delayGateway.close();
  }
}
