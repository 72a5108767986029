import { splitOutsideQuotes } from './splitList.ts';

/** Parameters after a semicolon, names in lower case, in order; null where a parameter has no value (`;lr`). */
export type SipParams = ReadonlyMap<string, string | null>;

const PARAM = /^([A-Za-z0-9\-.!%*_+`'~[\]/:&$]+)\s*(?:=\s*(.*))?$/s;

/** Reads `a=1;b;c="x"` (no leading semicolon needed). Null when a name can't be read. The first of two equal names counts. */
export function parseParams(text: string): SipParams | null {
  const params = new Map<string, string | null>();
  for (const part of splitOutsideQuotes(text, ';')) {
    if (part === '') continue;
    const match = PARAM.exec(part);
    const name = match?.[1]?.toLowerCase();
    if (name === undefined) return null;
    if (!params.has(name)) params.set(name, match?.[2]?.trim() ?? null);
  }
  return params;
}

/** Writes parameters with their leading semicolons; the empty string for none. */
export function formatParams(params: SipParams): string {
  let text = '';
  for (const [name, value] of params) text += value === null ? `;${name}` : `;${name}=${value}`;
  return text;
}
