/** As many as one message to the bridge may carry. */
const mostTones = 64;

/** The key tones in a pasted text: digits, `*` and `#`, with spaces and hyphens between them as people write codes; null for anything else. */
export function readCode(text: string): string | null {
  const code = text.replace(/[\s\-\u2010-\u2013]/g, '');
  return /^[0-9*#]+$/.test(code) && code.length <= mostTones ? code : null;
}
