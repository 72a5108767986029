/** A colour as the schema wants it (`#0d5c4d`), from how people write it: `#0D5C4D`, `0d5c4d`, `#abc`. Anything else stays as it is. */
export function tidyColour(text: string): string {
  const digits = /^\s*#?([0-9a-f]{3}|[0-9a-f]{6})\s*$/i.exec(text)?.[1]?.toLowerCase();
  if (digits === undefined) return text;
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits}`;
}

export function isColour(text: string): boolean {
  return /^#[0-9a-f]{6}$/.test(text);
}
