/** Of an address that was copied from a browser, what counts: scheme, host and port. Patterns stay as they are. */
export function originOf(text: string): string {
  const written = text.trim().toLowerCase();
  const isAddress = /^https?:\/\/[^*]+$/.test(written) && URL.canParse(written);
  return isAddress ? new URL(written).origin : written.replace(/\/$/, '');
}
