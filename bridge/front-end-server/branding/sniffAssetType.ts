import { type AssetType, assetTypes } from './BrandAsset.ts';

/** What a file really is, by its first bytes (WHATWG MIME Sniffing, section 6); undefined where it is nothing that a brand may have. */
export function sniffAssetType(bytes: Uint8Array): AssetType | undefined {
  return assetTypes.find((type) => signs[type](bytes));
}

const signs: Readonly<Record<AssetType, (bytes: Uint8Array) => boolean>> = {
  'image/png': (bytes) => beginsWith(bytes, '\x89PNG\r\n\x1a\n'),
  'image/jpeg': (bytes) => beginsWith(bytes, '\xff\xd8\xff'),
  'image/webp': (bytes) => beginsWith(bytes, 'RIFF') && beginsWith(bytes.subarray(8), 'WEBP'),
  'font/woff2': (bytes) => beginsWith(bytes, 'wOF2'),
  'image/svg+xml': isSvg,
};

function beginsWith(bytes: Uint8Array, sign: string): boolean {
  return bytes.length > sign.length && [...sign].every((letter, index) => bytes[index] === letter.charCodeAt(0));
}

/** What may stand before the root element: a byte order mark, the declaration, comments, a document type without entities. */
const prologue =
  /^\ufeff?\s*(<\?xml\s[^>]*\?>\s*)?(<!--(?!-?>)[\s\S]*?-->\s*)*(<!DOCTYPE\s+svg[^[>]*>\s*)?(<!--(?!-?>)[\s\S]*?-->\s*)*/i;

function isSvg(bytes: Uint8Array): boolean {
  const text = readUtf8(bytes);
  if (text === undefined) return false;
  const root = text.slice(prologue.exec(text)?.[0].length ?? 0);
  return /^<svg[\s>]/.test(root) && !/<!ENTITY/i.test(text);
}

function readUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
