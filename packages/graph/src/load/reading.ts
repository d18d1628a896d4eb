import type { Issue } from '../issue.js';
import type { Json } from '../json.js';
import { type LoadLimits, unsafeKey } from './limits.js';
import { below, keysOf, type Path } from './path.js';

/** A file that is wrong everywhere would otherwise yield a report larger than itself. */
const maxIssues = 1000;

/** What a copy may cost in memory, about: parts that are shared can make a small object graph endless when copied. */
const costOfContainer = 64;
const costOfValue = 8;

/** What is in a table, in its order. */
export interface List<Item> {
  readonly ids: string[];
  readonly values: Item[];
}

/** Ends a reading whose input is beyond the limits. */
export class TooLarge {}

/**
 * One pass over raw input: collects issues and takes over values within limits. What was just parsed belongs to the
 * reading and is mended in place, which takes a quarter of the time of a copy; anything else is copied.
 */
export class Reading {
  readonly issues: Issue[] = [];
  readonly limits: LoadLimits;
  /** Whether nobody else holds the input. */
  readonly owned: boolean;
  /** Made when needed: most readings are of one small value, and there are ten thousand of them in an edit of all nodes. */
  #lists: Map<object, List<unknown>> | undefined;
  #nodes = 0;
  #edges = 0;
  #cost = 0;
  #tooDeep = false;

  constructor(limits: LoadLimits, owned = false) {
    this.limits = limits;
    this.owned = owned;
  }

  error(code: string, path: Path | undefined, message: string): undefined {
    this.#report(code, 'error', path, message);
  }

  warning(code: string, path: Path | undefined, message: string): undefined {
    this.#report(code, 'warning', path, message);
  }

  /** Keeps what was read of a large table, for who goes through it next: listing the keys of one takes milliseconds. */
  keepList(table: object, list: List<unknown>): void {
    this.#lists ??= new Map();
    this.#lists.set(table, list);
  }

  listOf(table: object): List<unknown> | undefined {
    return this.#lists?.get(table);
  }

  countNodes(count: number): void {
    this.#nodes += count;
    if (this.#nodes > this.limits.nodes) throw new TooLarge();
  }

  countEdges(count: number): void {
    this.#edges += count;
    if (this.#edges > this.limits.nodes * 10) throw new TooLarge();
  }

  /** Whether a key may stand in a table. One that may not is reported. */
  allows(key: string, path: Path | undefined): boolean {
    if (key !== unsafeKey) return true;
    this.error('document/unsafe-key', below(path, key), `The key "${key}" is not allowed and was left out.`);
    return false;
  }

  /**
   * Takes a JSON value over; undefined when it cannot be kept. What JSON lacks is left out, in lists replaced by null,
   * so that the places of the others stay. A value that is nested too deep is left out whole: a part of it would be
   * another value.
   */
  take(value: unknown, path: Path): Json | undefined {
    this.#tooDeep = false;
    const taken = this.#take(value, path, 1);
    if (!this.#tooDeep) return taken;
    const message = `This value is nested deeper than ${this.limits.depth} levels and was left out.`;
    return this.error('document/too-deep', path, message);
  }

  #take(value: unknown, path: Path, depth: number): Json | undefined {
    switch (typeof value) {
      case 'string':
        if (!this.owned) this.#spend(value.length);
        return value;
      case 'boolean':
        return value;
      case 'number':
        // Adding 0 turns -0, which JSON is not written with, into 0.
        if (Number.isFinite(value)) return value + 0;
        return this.error('document/not-json-value', path, `JSON has no number ${value}; it was left out.`);
      case 'object':
        if (value === null) return null;
        if (Array.isArray(value)) return this.#descend(depth) ? this.#takeList(value, path, depth) : undefined;
        if (isRecord(value)) return this.#descend(depth) ? this.#takeRecord(value, path, depth) : undefined;
    }
    return this.error('document/not-json-value', path, 'A value that JSON does not have was left out.');
  }

  /** Once a value is known to be too deep, the rest of it is not looked at. */
  #descend(depth: number): boolean {
    if (depth > this.limits.depth) this.#tooDeep = true;
    return !this.#tooDeep;
  }

  #takeList(list: unknown[], path: Path, depth: number): Json {
    if (!this.owned) this.#spend(costOfContainer + list.length * costOfValue);
    const taken = this.owned ? list : new Array<unknown>(list.length);
    for (let index = 0; index < list.length; index++) {
      const item = list[index];
      taken[index] = this.#take(item, below(path, index), depth + 1) ?? null;
    }
    // Every item was taken above.
    return taken as Json;
  }

  #takeRecord(record: Record<string, unknown>, path: Path, depth: number): Json {
    const keys = Object.keys(record);
    if (!this.owned) this.#spend(costOfContainer + keys.length * costOfValue);
    const taken: Record<string, unknown> = this.owned ? record : {};
    for (const key of keys) {
      const item = record[key];
      // Absent and undefined are the same in JSON.
      const allowed = item !== undefined && this.allows(key, path);
      const kept = allowed ? this.#take(item, below(path, key), depth + 1) : undefined;
      if (kept === undefined) delete taken[key];
      else if (!Object.is(kept, taken[key])) taken[key] = kept;
    }
    return taken as Json;
  }

  #spend(cost: number): void {
    this.#cost += cost;
    if (this.#cost > this.limits.bytes) throw new TooLarge();
  }

  #report(code: string, severity: Issue['severity'], path: Path | undefined, message: string): void {
    if (this.issues.length < maxIssues) this.issues.push({ code, severity, message, path: keysOf(path) });
    else if (this.issues.length === maxIssues) {
      const more = `There are more than ${maxIssues} issues; the rest is not listed.`;
      this.issues.push({ code: 'document/more-issues', severity: 'warning', message: more, path: [] });
    }
  }
}

/** A plain object, of this realm or another. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}
