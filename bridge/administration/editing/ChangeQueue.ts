/**
 * Changes one after another: what was checked (nobody uses this group, there is another operator) still holds when it is
 * written. It orders the changes of this process; against others the revisions stand alone.
 */
export class ChangeQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
