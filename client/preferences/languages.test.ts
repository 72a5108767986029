import { describe, expect, it } from 'vitest';
import { closestLanguage } from './languages.ts';

describe('closestLanguage', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['FR-ca', 'fr'],
    ['es-419', 'es'],
    ['en', 'en'],
    ['tlh', 'en'],
    ['', 'en'],
    ['constructor', 'en'],
  ])('speaks to somebody who wants %j in %s', (tag, language) => expect(closestLanguage(tag)).toBe(language));
});
