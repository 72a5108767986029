const tints = 6;

/** A number from 0 to 5 that is always the same for a name. */
export function tintOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % tints;
}

/** The first letters of the first and the last word; a name without letters gives its first character. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s\-–—(]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return (letters.join('') || ([...name.trim()][0] ?? '')).toLocaleUpperCase();
}
