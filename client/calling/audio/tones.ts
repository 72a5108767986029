/** A signal of the telephone network: frequencies that sound together, in a rhythm that repeats. */
export interface Tone {
  readonly frequenciesHz: readonly number[];
  /** Milliseconds on, off, on, off, ...; the whole is one period. */
  readonly cadenceMs: readonly number[];
}

interface CountryTones {
  readonly ringback: Tone;
  readonly busy: Tone;
}

/** ITU-T E.180 supplement 2: what callers in each country are used to hear. */
const northAmerica: CountryTones = {
  ringback: { frequenciesHz: [440, 480], cadenceMs: [2000, 4000] },
  busy: { frequenciesHz: [480, 620], cadenceMs: [500, 500] },
};
const britain: CountryTones = {
  ringback: { frequenciesHz: [400, 450], cadenceMs: [400, 200, 400, 2000] },
  busy: { frequenciesHz: [400], cadenceMs: [375, 375] },
};
const france: CountryTones = {
  ringback: { frequenciesHz: [440], cadenceMs: [1500, 3500] },
  busy: { frequenciesHz: [440], cadenceMs: [500, 500] },
};
const japan: CountryTones = {
  ringback: { frequenciesHz: [384, 416], cadenceMs: [1000, 2000] },
  busy: { frequenciesHz: [400], cadenceMs: [500, 500] },
};
/** ETSI TR 101 041: most of Europe, and a fair guess elsewhere. */
const europe: CountryTones = {
  ringback: { frequenciesHz: [425], cadenceMs: [1000, 4000] },
  busy: { frequenciesHz: [425], cadenceMs: [500, 500] },
};

const byCountry: Readonly<Record<string, CountryTones>> = {
  US: northAmerica,
  CA: northAmerica,
  PR: northAmerica,
  GB: britain,
  IE: britain,
  AU: britain,
  NZ: britain,
  FR: france,
  JP: japan,
};

/** `country` is ISO 3166-1 alpha-2. */
export function ringbackOf(country: string): Tone {
  return (byCountry[country] ?? europe).ringback;
}

export function busyToneOf(country: string): Tone {
  return (byCountry[country] ?? europe).busy;
}

/** Two short beeps: something is about to happen to the call. No tone of any country's network, so that it is not taken for one. */
export const warningTone: Tone = { frequenciesHz: [988], cadenceMs: [90, 110, 90, 30] };

/** Somebody else calls, heard beside the other side's voice: ITU-T E.180 leaves its frequency to us; two short pips in six seconds. */
export const callWaitingTone: Tone = { frequenciesHz: [440], cadenceMs: [180, 220, 180, 5420] };

const rowsHz = [697, 770, 852, 941] as const;
const columnsHz = [1209, 1336, 1477] as const;
const keys = '123456789*0#';

/** ITU-T Q.23: the two frequencies of a key; null for what no telephone has. */
export function dtmfToneOf(digit: string): Tone | null {
  const place = digit.length === 1 ? keys.indexOf(digit) : -1;
  const row = rowsHz[Math.floor(place / 3)];
  const column = columnsHz[place % 3];
  if (row === undefined || column === undefined) return null;
  return { frequenciesHz: [row, column], cadenceMs: [120, 20] };
}
