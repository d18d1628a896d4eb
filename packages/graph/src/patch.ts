import type { FlowDocument } from './document.js';
import { LoomError } from './error.js';
import { KeyOrder } from './key-order.js';

/** One effect of a change: plain data, so that it can be stored and sent. */
export interface Patch {
  readonly op: 'add' | 'remove' | 'replace';
  /** Keys from the top of the document. */
  readonly path: readonly (string | number)[];
  readonly value?: unknown;
  /**
   * The key in front of which an added entry stands; without it, or when that key is gone, it comes last. So undoing a
   * removal puts nodes back into their old order, which is the order they are drawn and, among equals, run in.
   */
  readonly before?: string;
}

/** What an edit did, and what takes it back. */
export interface Change {
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/**
 * Applies patches, such as those of a {@link Change} or its inverse. What they do not touch is shared with the
 * document given, and values come from the patches as they are: an undone edit gives back the identical parts, by
 * which engine and editor know that nothing changed there.
 *
 * @throws LoomError `document/wrong-patch` when a patch does not belong to this document.
 * @example
 * ```ts
 * const before = applyChange(document, change.inverse);
 * ```
 */
export function applyChange(document: FlowDocument, patches: readonly Patch[]): FlowDocument {
  if (patches.length === 0) return document;
  const writer = new Writer(document);
  for (const patch of patches) writer.apply(patch);
  return writer.finish();
}

type Container = Record<string, unknown> | unknown[];

/** Copies each container on the first write to it, and never one twice. */
class Writer {
  readonly #owned = new Set<object>();
  /** The order of the tables in which an entry was given a place. */
  readonly #orders = new Map<object, KeyOrder>();
  #root: Container;

  constructor(document: FlowDocument) {
    this.#root = this.#own(document as unknown as Container);
  }

  apply(patch: Patch): void {
    const key = patch.path.at(-1);
    if (key === undefined) this.#fail(patch);
    const container = this.#descend(patch);
    if (Array.isArray(container)) this.#writeList(container, key, patch);
    else this.#writeTable(container, String(key), patch);
  }

  finish(): FlowDocument {
    for (const [table, order] of this.#orders) arrange(table as Record<string, unknown>, order.keys());
    return this.#root as unknown as FlowDocument;
  }

  #descend(patch: Patch): Container {
    let container = this.#root;
    for (let depth = 0; depth < patch.path.length - 1; depth++) {
      const key = patch.path[depth] as string | number; // within the bounds of the loop
      if (!Object.hasOwn(container, key)) this.#fail(patch);
      const child = (container as Record<string | number, unknown>)[key];
      if (typeof child !== 'object' || child === null) this.#fail(patch);
      const own = this.#own(child as Container);
      (container as Record<string | number, unknown>)[key] = own;
      container = own;
    }
    return container;
  }

  #own(container: Container): Container {
    if (this.#owned.has(container)) return container;
    const copy: Container = Array.isArray(container) ? [...container] : { ...container };
    this.#owned.add(copy);
    return copy;
  }

  #writeTable(table: Record<string, unknown>, key: string, patch: Patch): void {
    if (key === '__proto__') this.#fail(patch);
    if (patch.op === 'remove') {
      if (!Object.hasOwn(table, key)) this.#fail(patch);
      delete table[key];
      this.#orders.get(table)?.remove(key);
      return;
    }
    if (patch.before !== undefined && !this.#orders.has(table)) {
      this.#orders.set(table, new KeyOrder(Object.keys(table)));
    }
    this.#orders.get(table)?.add(key, patch.before);
    table[key] = patch.value;
  }

  #writeList(list: unknown[], key: string | number, patch: Patch): void {
    if (key === 'length' && patch.op === 'replace') list.length = Number(patch.value);
    else if (patch.op === 'replace') list[Number(key)] = patch.value;
    else list.splice(Number(key), patch.op === 'remove' ? 1 : 0, ...(patch.op === 'add' ? [patch.value] : []));
  }

  #fail(patch: Patch): never {
    const path = patch.path.join('/');
    throw new LoomError(
      'document/wrong-patch',
      `The change does not belong to this document: nothing is at "${path}".`,
      {
        context: { patch },
      },
    );
  }
}

/** Deleting all and adding again is the only way to order the keys of an object that others already hold. */
function arrange(table: Record<string, unknown>, keys: readonly string[]): void {
  const values = keys.map((key) => table[key]);
  for (const key of keys) delete table[key];
  for (const [index, key] of keys.entries()) table[key] = values[index];
}

/**
 * Records what removed entries stood in front of. The last of a table comes first, so that what an entry stands in
 * front of is back before it.
 */
export function withPlaces(inverse: readonly Patch[], before: FlowDocument): Patch[] {
  const others: Patch[] = [];
  const tables = new Map<string, Additions>();
  let table: Additions | undefined;
  for (const patch of inverse) {
    if (patch.op !== 'add') {
      others.push(patch);
      continue;
    }
    // Ten thousand in a row are of one table.
    if (table === undefined || !isIn(table.path, patch.path)) {
      const path = patch.path.slice(0, -1);
      const name = JSON.stringify(path);
      table = tables.get(name) ?? { path, keys: keysAt(before, path), patches: new Map() };
      tables.set(name, table);
    }
    table.patches.set(String(patch.path.at(-1)), patch);
  }
  return [...others, ...[...tables.values()].flatMap(lastFirst)];
}

/** What is added to one table. */
interface Additions {
  readonly path: Patch['path'];
  /** Of the table as it was when it had them all. */
  readonly keys: readonly string[];
  readonly patches: Map<string, Patch>;
}

function isIn(table: Patch['path'], path: Patch['path']): boolean {
  return table.length === path.length - 1 && table.every((key, at) => key === path[at]);
}

/** What is added to a list has no key in a table, and comes in the order it has. */
function lastFirst({ keys, patches }: Additions): Patch[] {
  const placed: Patch[] = [];
  for (let rank = keys.length - 1; rank >= 0; rank--) {
    const key = keys[rank] as string; // within the bounds of the loop
    const patch = patches.get(key);
    if (patch === undefined) continue;
    const next = keys[rank + 1];
    placed.push(next === undefined ? patch : { op: 'add', path: patch.path, value: patch.value, before: next });
    patches.delete(key);
  }
  return [...placed, ...patches.values()];
}

function keysAt(document: FlowDocument, path: Patch['path']): readonly string[] {
  let value: unknown = document;
  for (const key of path) value = (value as Readonly<Record<string | number, unknown>>)[key];
  return Array.isArray(value) ? [] : Object.keys(value as object);
}
