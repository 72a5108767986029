import type { LogFields } from '../../observability/index.ts';
import type { DemoGatewayHoldings, DemoGatewayOptions } from '../DemoGateway.ts';

/** What the thread is started with. */
export type ThreadOptions = DemoGatewayOptions;

export type ToThread = { readonly type: 'holdings' } | { readonly type: 'close' };

export type FromThread =
  | { readonly type: 'ready'; readonly port: number }
  | { readonly type: 'failed'; readonly problem: string }
  | { readonly type: 'holdings'; readonly holdings: DemoGatewayHoldings }
  | { readonly type: 'closed' }
  | {
      readonly type: 'log';
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      readonly fields: LogFields;
      readonly message: string;
    };
