import type { DatabaseSync } from 'node:sqlite';

/** As many characters of a number stay: country and, mostly, network. */
const keptCharacters = 5;

/** Takes out of records what may not be kept any longer. Each call in a transaction of its own, or together: it can be repeated. */
export class CallEraser {
  readonly #database: DatabaseSync;
  readonly #statements;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.function('masked', { deterministic: true }, (text) => maskNumber(text === null ? null : String(text)));
    database.function('masked_json', { deterministic: true }, (text) => maskNumbersIn(String(text)));
    database.function('masked_trace', { deterministic: true }, (text) => maskTrace(String(text)));
    const ended = 'ended_at_ms IS NOT NULL AND requested_at_ms < ? ORDER BY requested_at_ms LIMIT ?';
    this.#statements = {
      toAnonymise: database.prepare(
        `SELECT seq FROM calls INDEXED BY calls_with_numbers WHERE is_anonymous = 0 AND ${ended}`,
      ),
      calls: database.prepare(`
        UPDATE calls SET is_anonymous = 1, calling_number = masked(calling_number), called_number = masked(called_number),
          forwarded_to = masked(forwarded_to), transferred_to = masked(transferred_to), calling_name = NULL, called_name = NULL
        WHERE seq = ?`),
      participants: database.prepare('UPDATE participants SET calling_name = NULL WHERE call_seq = ?'),
      events: database.prepare('UPDATE events SET detail = masked_json(detail) WHERE call_seq = ?'),
      traces: database.prepare('UPDATE traces SET part = masked_trace(part) WHERE call_seq = ?'),
      forget: database.prepare(`
        DELETE FROM calls WHERE seq IN (SELECT seq FROM calls INDEXED BY calls_by_time WHERE ${ended})`),
    };
  }

  anonymise(beforeMs: number, limit: number): number {
    const { toAnonymise, calls, participants, events, traces } = this.#statements;
    return this.#together(() => {
      const seqs = toAnonymise.all(beforeMs, limit).map(({ seq }) => Number(seq));
      for (const seq of seqs) for (const statement of [calls, participants, events, traces]) statement.run(seq);
      return seqs.length;
    });
  }

  forget(beforeMs: number, limit: number): number {
    return this.#together(() => Number(this.#statements.forget.run(beforeMs, limit).changes));
  }

  #together(work: () => number): number {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const count = work();
      this.#database.exec('COMMIT');
      return count;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

/** `+493012345678` becomes `+4930xxxxxxxx`. */
function maskNumber(number: string | null): string | null {
  return number === null ? null : number.slice(0, keptCharacters) + number.slice(keptCharacters).replaceAll(/./gu, 'x');
}

/** What looks like a telephone number in the texts of a JSON value; its own numbers (times, statuses) stay. */
function maskNumbersIn(json: string): string {
  return JSON.stringify(JSON.parse(json), (key, value: unknown) => {
    if (typeof value !== 'string') return value;
    return /name$/i.test(key) ? null : value.replaceAll(/\+?\d{6,}/g, (number) => maskNumber(number) ?? '');
  });
}

/** The same in SIP messages: users of URIs too short to look like numbers, and the names before addresses. */
function maskTrace(json: string): string {
  const withoutUsers = JSON.stringify(JSON.parse(json), (key, value: unknown) =>
    key === 'text' && typeof value === 'string'
      ? value
          .replaceAll(
            /(\bsips?:)([^\s@:;<>"]+)(?=[^\s<>"]*@)/gi,
            (_all, scheme, user) => `${scheme}${maskNumber(user)}`,
          )
          .replaceAll(/(\btel:)([^\s;<>"]+)/gi, (_all, scheme, number) => `${scheme}${maskNumber(number)}`)
          .replaceAll(/^([\w-]+:[ \t]*)(?:"(?:[^"\\]|\\.)*"|[^"<:,]*)[ \t]*(?=<(?:sips?|tel):)/gim, '$1')
      : value,
  );
  return maskNumbersIn(withoutUsers);
}
