/**
 * A number as a person or a spreadsheet writes it, with a decimal point or comma: `0.012`, `0,012`, `1.234,50`.
 * A single separator is always the decimal one. Null where it isn't a number.
 */
export function parseAmount(text: string): number | null {
  const plain = text.replace(/[\s\u00a0\u202f']/g, '');
  if (/^\d+([.,]\d*)?$|^[.,]\d+$/.test(plain)) return Number(plain.replace(',', '.'));
  const grouped = /^(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)([.,])(\d+)$/.exec(plain);
  if (grouped === null || grouped[2] === grouped[3]) return null;
  return Number(`${grouped[1]?.replace(/[.,]/g, '')}.${grouped[4]}`);
}
