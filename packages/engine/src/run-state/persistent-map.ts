/** Entries that are copied together. A change of one entry of 10,000 copies 64 of them and 157 chunk references. */
const CHUNK = 64;

/**
 * An immutable map whose changed copies share what did not change. Keys keep the order in which they came in. Made for
 * the states of a run's nodes: a thousand keys that are set once, and many small changes of their values.
 */
export class PersistentMap<Key, Value> implements ReadonlyMap<Key, Value> {
  readonly #slots: ReadonlyMap<Key, number>;
  readonly #keys: readonly Key[];
  readonly #chunks: readonly (readonly Value[])[];

  private constructor(slots: ReadonlyMap<Key, number>, keys: readonly Key[], chunks: readonly (readonly Value[])[]) {
    this.#slots = slots;
    this.#keys = keys;
    this.#chunks = chunks;
  }

  static from<Key, Value>(entries: Iterable<readonly [Key, Value]>): PersistentMap<Key, Value> {
    const slots = new Map<Key, number>();
    const values: Value[] = [];
    for (const [key, value] of entries) {
      const slot = slots.get(key);
      if (slot === undefined) {
        slots.set(key, values.length);
        values.push(value);
      } else {
        values[slot] = value;
      }
    }
    const chunks: Value[][] = [];
    for (let i = 0; i < values.length; i += CHUNK) chunks.push(values.slice(i, i + CHUNK));
    return new PersistentMap(slots, [...slots.keys()], chunks);
  }

  get size(): number {
    return this.#keys.length;
  }

  get(key: Key): Value | undefined {
    const slot = this.#slots.get(key);
    return slot === undefined ? undefined : this.#at(slot);
  }

  has(key: Key): boolean {
    return this.#slots.has(key);
  }

  /** A map with these values changed or added; itself when there are none. Costs what the changes touch. */
  with(changes: ReadonlyMap<Key, Value>): PersistentMap<Key, Value> {
    if (changes.size === 0) return this;
    for (const key of changes.keys()) {
      if (!this.#slots.has(key)) return PersistentMap.from([...this.entries(), ...changes]);
    }
    const chunks = [...this.#chunks];
    const own = new Map<number, Value[]>();
    for (const [key, value] of changes) {
      const slot = this.#slots.get(key) as number; // every key was found above
      const index = Math.floor(slot / CHUNK);
      let chunk = own.get(index);
      if (!chunk) {
        chunk = [...(chunks[index] as readonly Value[])]; // every slot has its chunk
        own.set(index, chunk);
        chunks[index] = chunk;
      }
      chunk[slot % CHUNK] = value;
    }
    return new PersistentMap(this.#slots, this.#keys, chunks);
  }

  forEach(callback: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this) callback(value, key, this);
  }

  *entries(): MapIterator<[Key, Value]> {
    for (let slot = 0; slot < this.#keys.length; slot++) yield [this.#keys[slot] as Key, this.#at(slot)];
    return undefined;
  }

  *keys(): MapIterator<Key> {
    yield* this.#keys;
    return undefined;
  }

  *values(): MapIterator<Value> {
    for (const chunk of this.#chunks) yield* chunk;
    return undefined;
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries();
  }

  #at(slot: number): Value {
    return (this.#chunks[Math.floor(slot / CHUNK)] as readonly Value[])[slot % CHUNK] as Value; // slots have values
  }
}
