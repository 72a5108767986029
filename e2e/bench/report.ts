export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What Janus's SIP plugin needed, measured the same way. */
  readonly janus?: number;
  /** For rates: more is better. */
  readonly isMoreBetter?: boolean;
}

/** A table in Markdown. The last column says how many times as good as Janus this is; below 1 is worse. */
export function renderTable(rows: readonly Row[]): string {
  const lines = rows.map(({ what, value, unit, janus, isMoreBetter = false }) => {
    const ratio = janus === undefined ? '' : `${round(isMoreBetter ? value / janus : janus / value)} ×`;
    return `| ${what} | ${round(value)} ${unit} | ${janus === undefined ? '' : `${janus} ${unit}`} | ${ratio} |`;
  });
  return ['| what | Dialbridge | Janus | better by |', '| --- | ---: | ---: | ---: |', ...lines].join('\n');
}

function round(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
}
