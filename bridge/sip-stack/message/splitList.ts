/**
 * Takes a header value apart at a separator that stands outside quoted strings and angle brackets
 * (RFC 3261 section 7.3.1). One pass over the text; an unclosed quote runs to its end.
 */
export function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  let isBracketed = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isQuoted) {
      if (character === '\\') index += 1;
      else if (character === '"') isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === '<') isBracketed = true;
    else if (character === '>') isBracketed = false;
    else if (character === separator && !isBracketed) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}

/** The items of a comma list, empty ones left out. */
export function splitList(text: string): string[] {
  return splitOutsideQuotes(text, ',').filter((item) => item !== '');
}
