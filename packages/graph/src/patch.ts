import type { FlowDocument } from './document.js';
import { LoomError } from './error.js';
import type { Json } from './json.js';

/** One effect of a change: plain data, so that it can be stored and sent. */
export interface Patch {
  readonly op: 'add' | 'remove' | 'replace';
  /** Keys from the top of the document. */
  readonly path: readonly (string | number)[];
  readonly value?: unknown;
  /**
   * Where among its siblings an added entry stands. Undoing a removal puts nodes back into their old order, which is
   * the order they are drawn and, among equals, run in.
   */
  readonly position?: number;
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
  /** Entries that are to stand at a place of their own, by the table that has them. */
  readonly #places = new Map<object, Map<string, number>>();
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
    for (const [table, places] of this.#places) arrange(table as Record<string, unknown>, places);
    return this.#root as unknown as FlowDocument;
  }

  #descend(patch: Patch): Container {
    let container = this.#root;
    for (const key of patch.path.slice(0, -1)) {
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
      return;
    }
    table[key] = patch.value;
    if (patch.op !== 'add' || patch.position === undefined) return;
    const places = this.#places.get(table);
    if (places) places.set(key, patch.position);
    else this.#places.set(table, new Map([[key, patch.position]]));
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

/** Puts entries at their places; the others keep their order around them. */
function arrange(table: Record<string, unknown>, places: ReadonlyMap<string, number>): void {
  const placed = [...places].filter(([key]) => Object.hasOwn(table, key)).sort(([, a], [, b]) => a - b);
  const others = Object.keys(table).filter((key) => !places.has(key));
  const keys: string[] = [];
  let next = 0;
  for (const [key, place] of placed) {
    while (keys.length < place && next < others.length) keys.push(others[next++] as string);
    keys.push(key);
  }
  while (next < others.length) keys.push(others[next++] as string);
  const values = keys.map((key) => table[key]);
  // Deleting all and adding again is the only way to order the keys of an object that others may already hold.
  for (const key of keys) delete table[key];
  for (const [index, key] of keys.entries()) table[key] = values[index];
}

/** Records where removed entries stood, so that adding them again restores the order of their table. */
export function withPositions(inverse: readonly Patch[], before: FlowDocument): Patch[] {
  const ranks = new Map<string, ReadonlyMap<string, number>>();
  return inverse.map((patch) => {
    if (patch.op !== 'add') return patch;
    const table = patch.path.slice(0, -1);
    const name = JSON.stringify(table);
    let rank = ranks.get(name);
    if (!rank) {
      rank = new Map(Object.keys(lookUp(before, table) ?? {}).map((key, index) => [key, index]));
      ranks.set(name, rank);
    }
    const position = rank.get(String(patch.path.at(-1)));
    return position === undefined ? patch : { ...patch, position };
  });
}

function lookUp(document: FlowDocument, path: readonly (string | number)[]): object | undefined {
  let value: unknown = document;
  for (const key of path) value = (value as Record<string | number, Json> | undefined)?.[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}
