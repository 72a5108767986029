import type { DemoNumber } from './demoNumbers.ts';

export interface DemoGatewayOptions {
  /** IP address to listen at and to receive audio on; `127.0.0.1` unless the demo is to leave the machine. */
  readonly host: string;
  /** For SIP, UDP and TCP alike; 0 picks a free one. */
  readonly port: number;
  /** Ports for RTP and RTCP, both ends included; wherever the system has room when absent. */
  readonly rtpPortRange?: readonly [first: number, last: number];
  /** Calls at once, more are answered 503; default 100. */
  readonly maxCalls?: number;
}

/** What is held right now. All zero when no call is up and, 32 s later, the SIP transactions have run out. */
export interface DemoGatewayHoldings {
  readonly calls: number;
  /** RTP and RTCP sockets. */
  readonly sockets: number;
  /** Streams that are sent every 20 ms. */
  readonly streams: number;
  readonly clientTransactions: number;
  readonly serverTransactions: number;
  /** TCP connections, which others may keep open. */
  readonly connections: number;
  /** Of SIP transactions. */
  readonly timers: number;
}

export interface DemoGateway {
  readonly host: string;
  readonly port: number;
  readonly numbers: readonly DemoNumber[];
  /** Rejects when the gateway is closed. */
  holdings(): Promise<DemoGatewayHoldings>;
  /** Ends every call, with a BYE where it is up, and frees everything. Idempotent. */
  close(): Promise<void>;
}
