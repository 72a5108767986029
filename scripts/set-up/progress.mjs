/**
 * Tells on standard error what set-up is doing, so that standard output stays the bridge's own. On a terminal one line
 * is kept up to date; elsewhere (a log) a step's progress is repeated at most every `logEveryMs`.
 */
const logEveryMs = 15_000;
const tickMs = 1_000;

/**
 * @template T
 * @param {string} title what is being done, as a person would say it
 * @param {(report: (detail: string, isResult?: boolean) => void) => Promise<T>} work calls `report` with how far it is,
 *   as often as it likes; with `isResult` the text stands at the end instead of "done"
 * @returns {Promise<T>}
 */
export async function withProgress(title, work, { out = process.stderr, now = Date.now } = {}) {
  const startedAt = now();
  let detail = '';
  let resultDetail = 'done';
  let loggedAt = startedAt;
  const line = () => `  ${title}${detail ? `: ${detail}` : ''} (${describeDuration(now() - startedAt)})`;
  const show = () => {
    if (out.isTTY) {
      out.write(`\r\x1b[K${line().slice(0, (out.columns ?? 80) - 1)}`);
    } else if (now() - loggedAt >= logEveryMs) {
      loggedAt = now();
      out.write(`${line()}\n`);
    }
  };
  if (!out.isTTY) out.write(`  ${title} ...\n`);
  const timer = setInterval(show, tickMs);
  try {
    const result = await work((text, isResult = false) => {
      detail = text;
      if (isResult) resultDetail = text;
    });
    detail = resultDetail;
    return result;
  } catch (error) {
    detail = 'failed';
    throw error;
  } finally {
    clearInterval(timer);
    out.write(out.isTTY ? `\r\x1b[K${line()}\n` : `${line()}\n`);
  }
}

export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

export function describeDuration(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
