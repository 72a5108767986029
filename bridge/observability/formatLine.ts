const colours: Readonly<Record<string, string>> = {
  debug: '\u001b[90m',
  info: '\u001b[36m',
  warn: '\u001b[33m',
  error: '\u001b[31m',
};
const plain = '\u001b[0m';

/** Turns one JSON line of the log into one for a person at a terminal; an error's stack follows on lines of its own. */
export function formatLine(line: string): string {
  const parsed = parseLine(line);
  if (parsed === undefined) return line;
  const { time, level, msg, error, ...fields } = parsed;
  const clockTime = typeof time === 'string' ? time.slice(11, 23) : '';
  const colour = colours[String(level)] ?? '';
  const rest = Object.entries(fields).map(([key, value]) => ` ${key}=${formatValue(value)}`);
  return `${clockTime} ${colour}${String(level).padEnd(5)}${plain} ${String(msg ?? '')}${rest.join('')}${formatError(error)}\n`;
}

function parseLine(line: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

function formatValue(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}

function formatError(error: unknown): string {
  if (error === undefined) return '';
  if (typeof error === 'object' && error !== null && 'stack' in error) return `\n  ${String(error.stack)}`;
  return ` error=${formatValue(error)}`;
}
