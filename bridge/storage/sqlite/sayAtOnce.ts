import { writeSync } from 'node:fs';

/** For children of sqlite.kill.test.ts: writes a line to standard output before it returns, also while the reader is slow. */
export function sayAtOnce(line: string): void {
  for (let rest = Buffer.from(`${line}\n`); rest.length > 0; ) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      // The pipe is full, and does not block.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}
