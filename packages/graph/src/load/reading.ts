import type { Issue } from '../issue.js';
import type { Json } from '../json.js';
import { type LoadLimits, unsafeKey } from './limits.js';

export type Path = readonly (string | number)[];

/** A file that is wrong everywhere would otherwise yield a report larger than itself. */
const maxIssues = 1000;

/** What an object that is no text may cost: shared parts can make a small object graph endless when copied. */
const costOfContainer = 16;
const costOfValue = 4;

/** Ends a reading whose input is beyond the limits. */
export class TooLarge {}

/** One pass over raw input: collects issues and copies values within limits. */
export class Reading {
  readonly issues: Issue[] = [];
  readonly limits: LoadLimits;
  #nodes = 0;
  #edges = 0;
  #cost = 0;

  constructor(limits: LoadLimits) {
    this.limits = limits;
  }

  error(code: string, path: Path, message: string): undefined {
    this.#report({ code, severity: 'error', path, message });
  }

  warning(code: string, path: Path, message: string): undefined {
    this.#report({ code, severity: 'warning', path, message });
  }

  countNodes(count: number): void {
    this.#nodes += count;
    if (this.#nodes > this.limits.nodes) throw new TooLarge();
  }

  countEdges(count: number): void {
    this.#edges += count;
    if (this.#edges > this.limits.nodes * 10) throw new TooLarge();
  }

  /**
   * A copy of a JSON value that shares nothing with the input; undefined when it cannot be kept. Values that JSON
   * lacks are left out, in lists replaced by null, so that the places of the others stay.
   */
  copy(value: unknown, path: Path): Json | undefined {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (depthOf(value, this.limits.depth) > this.limits.depth) {
      return this.error(
        'document/too-deep',
        path,
        `This value is nested deeper than ${this.limits.depth} levels and was left out.`,
      );
    }
    return this.#copy(value, path);
  }

  /** Own keys that may stand in a table; others are reported. */
  keys(raw: object, path: Path): string[] {
    const keys = Object.keys(raw);
    this.#spend(costOfContainer + keys.length * costOfValue);
    if (!Object.hasOwn(raw, unsafeKey)) return keys;
    this.error('document/unsafe-key', [...path, unsafeKey], `The key "${unsafeKey}" is not allowed and was left out.`);
    return keys.filter((key) => key !== unsafeKey);
  }

  #copy(value: unknown, path: Path): Json | undefined {
    switch (typeof value) {
      case 'string':
        this.#spend(value.length);
        return value;
      case 'boolean':
        return value;
      case 'number':
        if (Number.isFinite(value)) return value;
        return this.error(
          'document/not-json-value',
          path,
          `The number ${value} cannot be written as JSON; it was left out.`,
        );
      case 'object':
        if (value === null) return null;
        if (Array.isArray(value)) return this.#copyList(value, path);
        if (isRecord(value)) return this.#copyRecord(value, path);
    }
    return this.error('document/not-json-value', path, 'A value that JSON does not have was left out.');
  }

  #copyList(list: readonly unknown[], path: Path): Json {
    this.#spend(costOfContainer + list.length * costOfValue);
    return Array.from(list, (item, index) => this.#copy(item, [...path, index]) ?? null);
  }

  #copyRecord(record: Readonly<Record<string, unknown>>, path: Path): Json {
    const copy: Record<string, Json> = {};
    for (const key of this.keys(record, path)) {
      // Absent and undefined are the same in JSON.
      const item = record[key] === undefined ? undefined : this.#copy(record[key], [...path, key]);
      if (item !== undefined) copy[key] = item;
    }
    return copy;
  }

  #spend(cost: number): void {
    this.#cost += cost;
    if (this.#cost > this.limits.bytes * costOfValue) throw new TooLarge();
  }

  #report(issue: Issue): void {
    if (this.issues.length < maxIssues) this.issues.push(issue);
    else if (this.issues.length === maxIssues) {
      const message = `There are more than ${maxIssues} issues; the rest is not listed.`;
      this.issues.push({ code: 'document/more-issues', severity: 'warning', path: [], message });
    }
  }
}

/** A plain object, of this realm or another. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** How deep a value is nested, level by level and without recursion; stops counting beyond `limit`. */
function depthOf(value: unknown, limit: number): number {
  let depth = 0;
  let level: Set<object> = new Set(typeof value === 'object' && value !== null ? [value] : []);
  while (level.size > 0 && depth <= limit) {
    depth++;
    // A set, so that parts which are shared are looked at once per level.
    const next = new Set<object>();
    for (const container of level) {
      for (const item of Object.values(container)) if (typeof item === 'object' && item !== null) next.add(item);
    }
    level = next;
  }
  return depth;
}
