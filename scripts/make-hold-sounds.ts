/**
 * Makes the sounds that gateways are sent on hold, in the encodings of bridge/media-relay/sounds/built-in. They are committed: run it
 * after a change of the melody. Needs ffmpeg with libopus (Debian: `apt-get install ffmpeg`).
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { music, ringback, sampleRate } from './hold-sounds/synthesise.ts';

const folder = fileURLToPath(new URL('../bridge/media-relay/sounds/built-in/', import.meta.url));
const bitExact = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'];
const encodings = {
  wav: ['-ar', '8000', '-c:a', 'pcm_mulaw'],
  g722: ['-ar', '16000', '-c:a', 'g722', '-f', 'g722'],
  opus: [
    '-ar',
    '48000',
    '-c:a',
    'libopus',
    '-b:a',
    '24k',
    '-vbr',
    'constrained',
    '-frame_duration',
    '20',
    '-application',
    'audio',
  ],
};

for (const [name, samples] of Object.entries({ music: music(), ringback: ringback() })) {
  const input = Buffer.from(Float32Array.from(samples).buffer);
  for (const [extension, options] of Object.entries(encodings)) {
    const from = ['-f', 'f32le', '-ar', String(sampleRate), '-ac', '1', '-i', 'pipe:0'];
    const to = [...options, ...bitExact, `${folder}${name}.${extension}`];
    execFileSync('ffmpeg', ['-y', '-loglevel', 'error', ...from, ...to], { input });
  }
}
