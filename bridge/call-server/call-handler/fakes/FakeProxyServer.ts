import type { Gateway } from '../../../../shared/admin/index.ts';
import type { CallId, GatewayId } from '../../../../shared/domain/index.ts';
import type { GatewayCallReport } from '../../../proxy-server/index.ts';

/** Places at gateways as a test gives them, and what calls told of the gateways. */
export class FakeProxyServer {
  /** What is in the way at a gateway. */
  readonly obstacles = new Map<string, 'full' | 'tooFast' | Error>();
  /** Calls that have a place now, by gateway. */
  readonly placed: string[] = [];
  readonly reports: GatewayCallReport[] = [];
  /** What a claim waits for. */
  claiming: Promise<void> = Promise.resolve();

  async claim(
    { id }: Gateway,
    _: CallId,
    { isBound = true }: { readonly isBound?: boolean } = {},
  ): Promise<'claimed' | 'full' | 'tooFast'> {
    await this.claiming;
    const obstacle = isBound ? this.obstacles.get(id) : undefined;
    if (obstacle instanceof Error) throw obstacle;
    if (obstacle) return obstacle;
    this.placed.push(id);
    return 'claimed';
  }

  release(id: GatewayId): void {
    this.placed.splice(this.placed.indexOf(id), 1);
  }

  report(report: GatewayCallReport): void {
    this.reports.push(report);
  }

  /** In the order in which it was told: `gw1 tried`. */
  get told(): string[] {
    return this.reports.map(({ gatewayId, kind }) => `${gatewayId} ${kind}`);
  }
}
