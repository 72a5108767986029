/** Without letters and digits that look alike (0 O, 1 l I); 32 of them, so that a byte's low five bits choose evenly. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Four groups of four, e.g. `kxm4-7rqp-wz3n-h8vt`: 80 bits, easy to read out and to type. */
export function readablePassword(randomBytes: (size: number) => Uint8Array): string {
  const letters = Array.from(randomBytes(16), (byte) => alphabet.charAt(byte & 31));
  return [0, 4, 8, 12].map((start) => letters.slice(start, start + 4).join('')).join('-');
}
