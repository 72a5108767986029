/** The field that a key of a setting belongs to: the one whose path is the key or the longest beginning of it. */
export function fieldOf(key: string, fields: readonly string[]): string | null {
  const holding = fields.filter((field) => key === field || key.startsWith(`${field}.`));
  return holding.sort((a, b) => b.length - a.length)[0] ?? null;
}
