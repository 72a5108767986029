/** The beginnings of one number, `+` included: each is made once, though many are asked whether they know it. */
export class Beginnings {
  readonly #number: string;
  readonly #made: string[] = [];

  constructor(number: string) {
    this.#number = number;
  }

  /** Undefined where the number is shorter. */
  of(length: number): string | undefined {
    if (length > this.#number.length) return undefined;
    this.#made[length] ??= this.#number.slice(0, length);
    return this.#made[length];
  }
}
