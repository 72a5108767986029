/** `1 hr 30 min`, `45 sec`; to the second. */
export function describeDuration(ms: number, locale: string): string {
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor((seconds % 3600) / 60), 'minute'],
    [seconds % 60, 'second'],
  ] as const;
  const named = parts.filter(([amount]) => amount > 0);
  return (named.length > 0 ? named : [parts[2]])
    .map(([amount, unit]) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(amount),
    )
    .join(' ');
}
