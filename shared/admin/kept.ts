import { z } from 'zod';

/** What every kept entity has besides what was written. Defaults: entities that were seeded or kept before there were revisions. */
export const keptFields = {
  revision: z.number().int().min(1).default(1).describe('Rises by one with each change'),
  updatedAtMs: z.number().int().nonnegative().default(0).describe('Milliseconds since the epoch'),
} as const;

/** Ids that people make up: of rules, brands, groups. */
export const slugSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'expected letters, digits, dots, dashes and underscores');

/** Text that is shown to people and may travel in SIP header fields: no control characters. */
export function plainText(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'expected text without line breaks and control characters');
}

/** E.164 digits with a plus that numbers begin with; `+` is every number. */
export const prefixSchema = z.string().regex(/^\+\d{0,15}$/, 'expected a + and up to 15 digits');

/** A number shown to the called party. */
export const callerNumberSchema = z.string().regex(/^\+?\d{1,15}$/, 'expected up to 15 digits, with or without a +');

/** ISO 3166-1 alpha-2. */
export const countrySchema = z.string().regex(/^[A-Z]{2}$/, 'expected two capital letters (ISO 3166-1 alpha-2)');

/** IANA time zone name. */
export const timeZoneSchema = z.string().refine(isTimeZone, 'expected a time zone such as Europe/Berlin');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** BCP 47 language tag. */
export const languageSchema = z
  .string()
  .min(2)
  .max(35)
  .refine(isLanguage, 'expected a language such as en or de-AT (BCP 47)');

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** An origin of pages, `https://example.com`; `https://*.example.com` is every host below it (not itself). */
export const originPatternSchema = z
  .string()
  .max(300)
  .regex(
    /^https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/,
    'expected an origin in small letters such as https://example.com or https://*.example.com, without a path',
  )
  .refine((pattern) => URL.canParse(pattern.replace('://*.', '://')), 'expected an origin with a port up to 65535');

/** An IP address or a range of them in CIDR notation (RFC 4632), IPv4 or IPv6. */
export const addressRangeSchema = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: 'expected an IP address or a range such as 192.0.2.0/24 or 2001:db8::/32',
});
