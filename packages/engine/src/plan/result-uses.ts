const NONE: readonly number[] = [];

/** Who uses results of a record, apart from the run that they come from, and which of them are to go afterwards. */
export class ResultUses {
  readonly #users = new Map<number, number>();
  /** Who uses all of them, or may do so. */
  #usersOfAll = 0;
  #retired = new Set<number>();

  get isEmpty(): boolean {
    return this.#usersOfAll === 0 && this.#users.size === 0;
  }

  has(node: number): boolean {
    return this.#usersOfAll > 0 || this.#users.has(node);
  }

  hold(node: number): void {
    this.#users.set(node, (this.#users.get(node) ?? 0) + 1);
  }

  holdAll(): void {
    this.#usersOfAll++;
  }

  /** What is to go now. */
  letGoAll(): Iterable<number> {
    return --this.#usersOfAll > 0 ? NONE : this.takeRetired();
  }

  /** True when that was the last one, and the result is to go. */
  letGo(node: number): boolean {
    const users = (this.#users.get(node) ?? 0) - 1;
    if (users > 0) {
      this.#users.set(node, users);
      return false;
    }
    this.#users.delete(node);
    return this.#retired.delete(node);
  }

  /** Nobody is to use it again. */
  retire(node: number): void {
    this.#retired.add(node);
  }

  /** What is to go, as far as the run itself is concerned. */
  takeRetired(): Iterable<number> {
    if (this.#retired.size === 0) return NONE;
    const retired = this.#retired;
    this.#retired = new Set();
    return retired;
  }
}

/** What goes with results beside their values. */
export class Attachments {
  readonly #letGo = new Map<number, () => void>();

  get nodes(): Iterable<number> {
    return this.#letGo.keys();
  }

  set(node: number, letGo: () => void): void {
    this.#letGo.get(node)?.();
    this.#letGo.set(node, letGo);
  }

  end(node: number): void {
    this.#letGo.get(node)?.();
    this.#letGo.delete(node);
  }

  endAll(): void {
    for (const letGo of this.#letGo.values()) letGo();
    this.#letGo.clear();
  }

  /** Hands over what belongs to others. */
  detach(isOwn: (node: number) => boolean, take: (node: number, letGo: () => void) => void): void {
    for (const [node, letGo] of this.#letGo) {
      if (isOwn(node)) continue;
      this.#letGo.delete(node);
      take(node, letGo);
    }
  }
}
