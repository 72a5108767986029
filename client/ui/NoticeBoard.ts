import type { Timers } from '../state/index.ts';
import { Observable, type Readable } from '../state/index.ts';

export interface PassingNotice {
  readonly id: number;
  readonly tone: 'plain' | 'danger';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Long enough to be read twice, and to reach the action. */
const shownForMs = 7_000;

/** Short messages that come and go: what was done, with a way back, and what failed. */
export class NoticeBoard {
  readonly #timers: Timers;
  readonly #notices = new Observable<readonly PassingNotice[]>([]);
  #nextId = 1;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  get notices(): Readable<readonly PassingNotice[]> {
    return this.#notices;
  }

  post(notice: Omit<PassingNotice, 'id'>): void {
    const id = this.#nextId++;
    // The same sentence twice says nothing more.
    const others = this.#notices.get().filter((other) => other.text !== notice.text);
    this.#notices.set([...others, { ...notice, id }].slice(-3));
    this.#timers.after(shownForMs, () => this.dismiss(id));
  }

  dismiss(id: number): void {
    const left = this.#notices.get().filter((notice) => notice.id !== id);
    if (left.length !== this.#notices.get().length) this.#notices.set(left);
  }
}
