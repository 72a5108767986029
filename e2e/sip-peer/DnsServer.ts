import { freePort } from './freePort.ts';
import { PeerProcess } from './PeerProcess.ts';

/** Names with a host part are whole ones: `trunk.test`. */
export type DnsRecord =
  | { readonly type: 'host'; readonly name: string; readonly address: string }
  | {
      readonly type: 'SRV';
      /** `_sip._udp.trunk.test` */
      readonly name: string;
      readonly target: string;
      readonly port: number;
      readonly priority?: number;
      readonly weight?: number;
    }
  | {
      readonly type: 'NAPTR';
      readonly name: string;
      readonly order: number;
      readonly preference?: number;
      /** `SIP+D2T` */
      readonly service: string;
      readonly replacement: string;
    };

/** A DNS server for names below `.test` (https://thekelleys.org.uk/dnsmasq/doc.html); nothing may be kept of what it says. */
export class DnsServer {
  readonly port: number;
  #process: PeerProcess | null = null;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(records: readonly DnsRecord[] = []): Promise<DnsServer> {
    const server = new DnsServer(await freePort());
    await server.set(records);
    return server;
  }

  /** As `sip.dnsServers` wants it. */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** From now on it knows these and no others. */
  async set(records: readonly DnsRecord[]): Promise<void> {
    await this.#process?.close();
    this.#process = await PeerProcess.start({
      command: 'dnsmasq',
      args: [
        ...['--keep-in-foreground', '--log-facility=-', '--conf-file=/dev/null', '--pid-file=', '--user='],
        ...['--no-resolv', '--no-hosts', '--no-poll', '--local=/test/', '--local-ttl=0', '--bind-interfaces'],
        ...['--listen-address=127.0.0.1', `--port=${this.port}`],
        ...records.map(toOption),
      ],
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` },
    });
    await this.#process.waitForLine(/started, version/);
  }

  /** Idempotent. */
  async close(): Promise<void> {
    await this.#process?.close();
  }
}

function toOption(record: DnsRecord): string {
  switch (record.type) {
    case 'host':
      return `--host-record=${record.name},${record.address}`;
    case 'SRV': {
      const { name, target, port, priority = 0, weight = 0 } = record;
      return `--srv-host=${[name, target, port, priority, weight].join()}`;
    }
    case 'NAPTR': {
      const { name, order, preference = 0, service, replacement } = record;
      return `--naptr-record=${[name, order, preference, 's', service, '', replacement].join()}`;
    }
  }
}
