interface Link {
  readonly key: string;
  before: Link | undefined;
  after: Link | undefined;
}

/** The keys of a table in order, where adding before another key and removing cost the same wherever they are. */
export class KeyOrder {
  readonly #links = new Map<string, Link>();
  #first: Link | undefined;
  #last: Link | undefined;

  constructor(keys: Iterable<string>) {
    for (const key of keys) this.add(key, undefined);
  }

  /** Adds a key in front of another; at the end when there is none. A key that is there already stays where it is. */
  add(key: string, before: string | undefined): void {
    if (this.#links.has(key)) return;
    const after = before === undefined ? undefined : this.#links.get(before);
    const link: Link = { key, before: after ? after.before : this.#last, after };
    this.#links.set(key, link);
    if (link.before) link.before.after = link;
    else this.#first = link;
    if (after) after.before = link;
    else this.#last = link;
  }

  remove(key: string): void {
    const link = this.#links.get(key);
    if (!link) return;
    this.#links.delete(key);
    if (link.before) link.before.after = link.after;
    else this.#first = link.after;
    if (link.after) link.after.before = link.before;
    else this.#last = link.before;
  }

  keys(): string[] {
    const keys: string[] = [];
    for (let link = this.#first; link; link = link.after) keys.push(link.key);
    return keys;
  }
}
