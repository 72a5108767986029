import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeWav, makeTone } from './audio/index.ts';

export type BaresipCodec = 'opus' | 'G722' | 'PCMA' | 'PCMU';

export interface BaresipSetUp {
  /** User parts that it answers to: the numbers that are called, as they stand in the request URI. */
  readonly numbers: readonly string[];
  /** UDP and TCP; baresip takes the next port for TLS. */
  readonly port: number;
  readonly controlPort: number;
  readonly codec: BaresipCodec;
  /** A codec that it likes better, and takes where it is offered. What it says is resampled for it. */
  readonly prefers?: BaresipCodec;
  /** `early` answers with 183 and audio, `manual` with 180; both wait for `answer()`. */
  readonly answerMode: 'auto' | 'early' | 'manual';
  /** Where it listens; `127.0.0.1` when absent. */
  readonly address?: string;
  /** File with its certificate and key for TLS, which it speaks at the port after `port`. */
  readonly certificateFile?: string;
  /** It takes calls with SRTP by SDES only (RFC 4568). */
  readonly isEncrypted?: boolean;
  /** It speaks as browsers do: ICE, DTLS-SRTP, RTP and RTCP on one port. */
  readonly isWebRtc?: boolean;
  /** What the other side hears. */
  readonly toneHz: number;
}

/** baresip's file player doesn't resample: the file has what the codec takes. */
const codecs: Record<BaresipCodec, { name: string; sampleRate: number; channels: 1 | 2 }> = {
  opus: { name: 'opus/48000/2', sampleRate: 48_000, channels: 2 },
  G722: { name: 'G722/16000/1', sampleRate: 16_000, channels: 1 },
  PCMA: { name: 'PCMA/8000/1', sampleRate: 8000, channels: 1 },
  PCMU: { name: 'PCMU/8000/1', sampleRate: 8000, channels: 1 },
};

/** The player ends with its file: longer than any test's call. */
const toneSeconds = 120;

const modules = ['srtp', 'g711', 'g722', 'opus', 'aufile', 'aubridge', 'sndfile'];

const moduleFolders = ['/usr/lib/baresip/modules', '/usr/local/lib/baresip/modules', '/usr/lib64/baresip/modules'];

/** Writes the folder that `baresip -f` reads. Recordings are written there, too. */
export async function writeBaresipConfig(folder: string, setUp: BaresipSetUp): Promise<void> {
  const { address = '127.0.0.1', certificateFile, isEncrypted = false, isWebRtc = false } = setUp;
  const host = address.includes(':') ? `[${address}]` : address;
  const tonePath = join(folder, 'tone.wav');
  const { name, sampleRate, channels } = codecs[setUp.codec];
  const tone = makeTone({ frequencyHz: setUp.toneHz, seconds: toneSeconds, sampleRate });
  await writeFile(tonePath, encodeWav(tone, channels));
  const moduleFolder = moduleFolders.find((candidate) => existsSync(candidate));
  const config = [
    'poll_method epoll',
    `sip_listen ${host}:${setUp.port}`,
    `net_interface ${address}`,
    ...(certificateFile === undefined ? [] : [`sip_certificate ${certificateFile}`]),
    'call_local_timeout 120',
    'call_max_calls 40',
    `audio_source aufile,${tonePath}`,
    'audio_player aubridge,heard',
    'audio_alert aubridge,alert',
    ...(setUp.prefers ? [`ausrc_srate ${sampleRate}`, `ausrc_channels ${channels}`] : []),
    `rtcp_mux ${isWebRtc ? 'yes' : 'no'}`,
    'jitter_buffer_delay 1-5',
    `snd_path ${folder}`,
    `ctrl_tcp_listen 127.0.0.1:${setUp.controlPort}`,
    ...(moduleFolder ? [`module_path ${moduleFolder}`] : []),
    ...[...modules, ...(isWebRtc ? ['dtls_srtp', 'stun', 'ice'] : [])]
      .filter((name) => !moduleFolder || existsSync(join(moduleFolder, `${name}.so`)))
      .map((name) => `module ${name}.so`),
    'module_tmp uuid.so',
    'module_tmp account.so',
    'module_app menu.so',
    'module_app ctrl_tcp.so',
  ];
  const known = [...(setUp.prefers ? [codecs[setUp.prefers].name] : []), name].join(',');
  const accounts = setUp.numbers.map(
    (number) =>
      `<sip:${number}@${host}>;regint=0;answermode=${setUp.answerMode};audio_codecs=${known}${isEncrypted ? ';mediaenc=srtp-mand' : ''}${isWebRtc ? ';mediaenc=dtls_srtp;medianat=ice' : ''}`,
  );
  await writeFile(join(folder, 'config'), `${config.join('\n')}\n`);
  await writeFile(join(folder, 'accounts'), `${accounts.join('\n')}\n`);
  await writeFile(join(folder, 'contacts'), '');
}
