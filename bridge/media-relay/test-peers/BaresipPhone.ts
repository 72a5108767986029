import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const moduleFolder = ['/usr/lib/baresip/modules', '/usr/local/lib/baresip/modules'].find(existsSync);
/** False where Debian's baresip isn't installed. */
export const hasBaresip = moduleFolder !== undefined;

const sampleRate = 8000;
const wavHeaderLength = 44;

/** A telephone that isn't ours (baresip): it answers at once, plays a tone and records what it hears. */
export class BaresipPhone {
  readonly port: number;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(parts: { port: number; folder: string; process: ChildProcess }) {
    this.port = parts.port;
    this.#folder = parts.folder;
    this.#process = parts.process;
  }

  /** @param mediaEncryption as baresip's accounts have it: `srtp`, `srtp-mand`, `dtls_srtp`; absent: none */
  static async start(options: {
    toneHz: number;
    mediaEncryption?: string;
    codec?: 'PCMU' | 'opus';
  }): Promise<BaresipPhone> {
    const isDtls = options.mediaEncryption === 'dtls_srtp';
    const isOpus = options.codec === 'opus';
    const folder = await mkdtemp(join(tmpdir(), 'dialbridge-baresip-'));
    const port = await freePort();
    const tone = join(folder, 'tone.wav');
    await writeFile(tone, wavOfTone(options.toneHz, 60));
    const config = [
      'poll_method epoll',
      `sip_listen 127.0.0.1:${port}`,
      'net_interface 127.0.0.1',
      // Its file source has the rate of the file, its sine generator that of Opus.
      isOpus ? `audio_source ausine,${options.toneHz}` : `audio_source aufile,${tone}`,
      'audio_player aubridge,heard',
      'audio_alert aubridge,alert',
      `rtcp_mux ${isDtls ? 'yes' : 'no'}`,
      'jitter_buffer_delay 1-5',
      `snd_path ${folder}`,
      `module_path ${moduleFolder}`,
      ...['srtp', ...(isDtls ? ['dtls_srtp'] : []), 'g711', 'opus', 'aufile', 'ausine', 'aubridge', 'sndfile'].map(
        (name) => `module ${name}.so`,
      ),
      'module_tmp uuid.so',
      'module_tmp account.so',
      'module_app menu.so',
    ];
    const encryption = options.mediaEncryption === undefined ? '' : `;mediaenc=${options.mediaEncryption}`;
    const account = `<sip:phone@127.0.0.1>;regint=0;answermode=auto;audio_codecs=${isOpus ? 'opus/48000/2' : 'PCMU/8000/1'}${encryption}`;
    await writeFile(join(folder, 'config'), `${config.join('\n')}\n`);
    await writeFile(join(folder, 'accounts'), `${account}\n`);
    await writeFile(join(folder, 'contacts'), '');
    const process = spawn('stdbuf', ['-oL', 'baresip', '-f', folder], { stdio: ['ignore', 'pipe', 'ignore'] });
    const phone = new BaresipPhone({ port, folder, process });
    await new Promise<void>((resolve, reject) => {
      let output = '';
      process.stdout?.on('data', (data: Buffer) => {
        output += data.toString();
        if (output.includes('baresip is ready')) resolve();
      });
      process.once('exit', () => reject(new Error(`baresip ended: ${output}`)));
    });
    return phone;
  }

  /** Frequency of the last quarter second that it heard, by its zero crossings; null while that is silence or nothing. */
  async heardHz(): Promise<number | null> {
    const heard = await this.heard();
    if (heard === null) return null;
    const last = heard.samples.slice(-heard.sampleRate / 4);
    if (last.length < heard.sampleRate / 4 || Math.max(...last) < 1000) return null;
    const crossings = last.filter((sample, index) => index > 0 && sample >= 0 !== (last[index - 1] ?? 0) >= 0).length;
    return (crossings / 2) * 4;
  }

  /** All that it heard, of its first channel; null before there is anything. */
  async heard(): Promise<{ readonly samples: Int16Array; readonly sampleRate: number } | null> {
    const recording = (await readdir(this.#folder)).find((name) => name.endsWith('-dec.wav'));
    if (recording === undefined) return null;
    const file = await readFile(join(this.#folder, recording));
    if (file.length < wavHeaderLength) return null;
    const frameBytes = 2 * file.readUInt16LE(22);
    const bytes = file.subarray(wavHeaderLength);
    const length = Math.floor(bytes.length / frameBytes);
    const samples = Int16Array.from({ length }, (_, index) => bytes.readInt16LE(index * frameBytes));
    return { samples, sampleRate: file.readUInt32LE(24) };
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill('SIGKILL');
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

/** 16 bits, one channel. */
function wavOfTone(frequencyHz: number, seconds: number): Buffer {
  const length = sampleRate * seconds * 2;
  const wav = Buffer.alloc(wavHeaderLength + length);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + length, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(sampleRate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(length, 40);
  for (let index = 0; index < sampleRate * seconds; index += 1) {
    const sample = Math.round(12_000 * Math.sin((2 * Math.PI * frequencyHz * index) / sampleRate));
    wav.writeInt16LE(sample, wavHeaderLength + index * 2);
  }
  return wav;
}
