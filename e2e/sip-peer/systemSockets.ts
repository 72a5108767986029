import { readdir, readFile, readlink } from 'node:fs/promises';

export interface SystemSocket {
  readonly protocol: 'udp' | 'tcp';
  readonly port: number;
  readonly isListening: boolean;
  readonly inode: string;
}

/** All UDP and TCP sockets of the machine (Linux's /proc/net), both address families. */
export async function systemSockets(): Promise<SystemSocket[]> {
  const tables = ['udp', 'udp6', 'tcp', 'tcp6'] as const;
  const texts = await Promise.all(tables.map((table) => readFile(`/proc/net/${table}`, 'utf8').catch(() => '')));
  return texts.flatMap((text, index) => {
    const protocol = tables[index]?.startsWith('udp') ? 'udp' : 'tcp';
    return text
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const fields = line.trim().split(/\s+/);
        const [local, state, inode] = [fields[1], fields[3], fields[9]];
        if (!local || !state || !inode) return [];
        // State 0A is LISTEN; a UDP socket is 07 and takes what comes from the moment it is bound.
        const isListening = protocol === 'udp' || state === '0A';
        return [{ protocol, port: Number.parseInt(local.split(':')[1] ?? '', 16), isListening, inode } as const];
      });
  });
}

/** The open files of a process: what each descriptor links to. Empty when it has ended. */
export async function openFiles(pid: number): Promise<string[]> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  return Promise.all(descriptors.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')));
}

/** The UDP sockets that these processes hold; a socket that several share counts once. */
export async function udpSocketsOf(pids: readonly number[]): Promise<SystemSocket[]> {
  const links = new Set((await Promise.all(pids.map(openFiles))).flat());
  return (await systemSockets()).filter(({ protocol, inode }) => protocol === 'udp' && links.has(`socket:[${inode}]`));
}
