import fc from 'fast-check';

const surrogates = 0x800;
const firstSurrogate = 0xd800;
const mostCodePoint = 0x10ffff;

/**
 * Any character of Unicode (no half of one), as `unit: 'binary'` of fast-check: that writes all million of them into a map when it
 * is first asked for, which takes half a second in each worker. It can tell where a text came from, so that fast-check mixes in
 * the names that harm, such as `__proto__`.
 */
const anyCharacter = fc.nat({ max: mostCodePoint - surrogates }).map(
  (place) => String.fromCodePoint(place < firstSurrogate ? place : place + surrogates),
  (character) => {
    const code = typeof character === 'string' ? (character.codePointAt(0) ?? firstSurrogate) : firstSurrogate;
    const isHalf = firstSurrogate <= code && code < firstSurrogate + surrogates;
    if (isHalf || String.fromCodePoint(code) !== character) throw new TypeError('expected one character');
    return code < firstSurrogate ? code : code - surrogates;
  },
);

/** Texts of any characters, `maxLength` of them at most. */
export function anyText(length: { readonly minLength?: number; readonly maxLength: number }): fc.Arbitrary<string> {
  return fc.string({ unit: anyCharacter, ...length });
}
