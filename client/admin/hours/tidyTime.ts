/** A time of day as the schema wants it, from how people write it: `8`, `8:30`, `830`, `08.30`. Anything else stays as it is. */
export function tidyTime(text: string): string {
  const [, hours, minutes = '00'] = /^\s*(\d{1,2})(?:[:.h\s]?([0-5]\d))?\s*$/.exec(text) ?? [];
  return hours === undefined || Number(hours) > 24 ? text : `${hours.padStart(2, '0')}:${minutes}`;
}
