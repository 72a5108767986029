import { readFile } from 'node:fs/promises';
import { composeMusic } from './composeMusic.ts';
import { encodeUlaw } from './g711.ts';
import { readUlawWave } from './readUlawWave.ts';

/** Mono, 8 kHz, mu-law: one octet per sample, 160 per 20 ms. */
export type Clip = Uint8Array;

/** Names of the spoken texts; each is a file beside this one, made by `make-recordings.sh`. */
export const PROMPT_NAMES = [
  'menu-welcome',
  'menu-you-pressed',
  'menu-goodbye',
  'please-hold',
  'not-available',
] as const;
export type PromptName = (typeof PROMPT_NAMES)[number];

const DIGIT_FILES: ReadonlyMap<string, string> = new Map([
  ...[...'0123456789'].map((digit) => [digit, digit] as const),
  ...[...'ABCD'].map((digit) => [digit, digit.toLowerCase()] as const),
  ['*', 'star'],
  ['#', 'pound'],
]);

/** Everything the demo gateway can say and play. */
export interface Sounds {
  readonly music: Clip;
  prompt(name: PromptName): Clip;
  /** Null for anything that isn't one of the sixteen digits. */
  digit(digit: string): Clip | null;
}

/** Reads the recordings and composes the music. Rejects when a recording is missing or isn't what it should be. */
export async function loadSounds(): Promise<Sounds> {
  const [prompts, digits] = await Promise.all([
    readClips(PROMPT_NAMES.map((name) => [name, name])),
    readClips([...DIGIT_FILES].map(([digit, name]) => [digit, `digit-${name}`])),
  ]);
  return {
    music: encodeUlaw(composeMusic()),
    prompt: (name) => prompts.get(name) ?? new Uint8Array(0),
    digit: (digit) => digits.get(digit) ?? null,
  };
}

async function readClips(files: readonly (readonly [key: string, fileName: string])[]): Promise<Map<string, Clip>> {
  return new Map(await Promise.all(files.map(async ([key, fileName]) => [key, await readClip(fileName)] as const)));
}

async function readClip(fileName: string): Promise<Clip> {
  return readUlawWave(await readFile(new URL(`./${fileName}.wav`, import.meta.url)));
}
