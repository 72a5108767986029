const systems: readonly [RegExp, string][] = [
  [/android/i, 'Android'],
  [/iphone/i, 'iPhone'],
  [/ipad/i, 'iPad'],
  [/cros/i, 'ChromeOS'],
  [/windows/i, 'Windows'],
  [/mac os x|macintosh/i, 'Mac'],
  [/linux|x11/i, 'Linux'],
];
/** The one that names itself last in its user agent is what it is; Chromium's relatives all claim to be Chrome and Safari. */
const browsers: readonly [RegExp, string][] = [
  [/edg(e|a|ios)?\//i, 'Edge'],
  [/opr\//i, 'Opera'],
  [/samsungbrowser\//i, 'Samsung Internet'],
  [/firefox\/|fxios\//i, 'Firefox'],
  [/chrome\/|crios\//i, 'Chrome'],
  [/safari\//i, 'Safari'],
];
/** “Chrome on Android” */
const joints: Readonly<Record<string, string>> = { en: 'on', de: 'auf', es: 'en', fr: 'sur' };

/** What the person's other devices call this one, such as “Chrome on Android”. An iPad with a keyboard says that it is a Mac. */
export function deviceName(userAgent: string, language: string): string {
  const nameIn = (list: readonly [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  const browser = nameIn(browsers) ?? 'Browser';
  const system = nameIn(systems);
  return system === undefined ? browser : `${browser} ${joints[language.slice(0, 2)] ?? joints.en} ${system}`;
}
