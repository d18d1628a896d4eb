type Report = (fraction: number, message: string | undefined) => void;

/** Gives the items of something, and reports after each how far it got. Works with `for` and `for await`. */
export class Tracked implements Iterable<unknown>, AsyncIterable<unknown> {
  readonly #items: object;
  readonly #report: Report;
  readonly #message: string | undefined;
  readonly #total: number | undefined;

  constructor(items: object, report: Report, message: string | undefined, total: number | undefined) {
    this.#items = items;
    this.#report = report;
    this.#message = message;
    this.#total = total ?? lengthOf(items);
  }

  *[Symbol.iterator](): Iterator<unknown> {
    this.#tell(0);
    let done = 0;
    for (const item of this.#items as Iterable<unknown>) {
      yield item;
      this.#tell(++done);
    }
  }

  async *[Symbol.asyncIterator](): AsyncIterator<unknown> {
    this.#tell(0);
    let done = 0;
    for await (const item of this.#items as AsyncIterable<unknown>) {
      yield item;
      this.#tell(++done);
    }
  }

  #tell(done: number): void {
    const total = this.#total;
    const count = total === undefined ? String(done) : `${done} of ${total}`;
    this.#report(
      total ? Math.min(1, done / total) : 0,
      this.#message === undefined ? count : `${this.#message} ${count}`,
    );
  }
}

function lengthOf(items: object): number | undefined {
  const { length, size } = items as { readonly length?: unknown; readonly size?: unknown };
  const known = length ?? size;
  return typeof known === 'number' ? known : undefined;
}
