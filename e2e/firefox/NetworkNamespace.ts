import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * A network of its own (ip-netns(8)) whose machine has an address that isn't loopback's, which Firefox doesn't use for ICE, and a way
 * out that leads nowhere. Needs root.
 */
export class NetworkNamespace {
  /** Of the machine in it. */
  readonly address = '10.99.0.1';
  readonly #name: string;

  private constructor(name: string) {
    this.#name = name;
  }

  static async create(): Promise<NetworkNamespace> {
    const namespace = new NetworkNamespace(`dialbridge-${process.pid}`);
    await run('ip', ['netns', 'add', namespace.#name]);
    try {
      await namespace.#ip('link set lo up');
      await namespace.#ip('link add out0 type veth peer name out1');
      await namespace.#ip(`addr add ${namespace.address}/24 dev out0`);
      await namespace.#ip('link set out0 up');
      await namespace.#ip('link set out1 up');
      await namespace.#ip('route add default dev out0');
    } catch (error) {
      await namespace.close();
      throw error;
    }
    return namespace;
  }

  /** The same command, run in it. */
  within(command: string, args: readonly string[]): { command: string; args: string[] } {
    return { command: 'ip', args: ['netns', 'exec', this.#name, command, ...args] };
  }

  /** Whoever is still in it keeps its network until they end. */
  async close(): Promise<void> {
    await run('ip', ['netns', 'delete', this.#name]);
  }

  async #ip(words: string): Promise<void> {
    const { command, args } = this.within('ip', words.split(' '));
    await run(command, args);
  }
}
