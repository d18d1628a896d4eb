import type { FlowDocument } from '../document.js';
import type { Patch } from '../patch.js';

/** What a transaction comes to. With no patch the document is the one from before. */
export interface Effect {
  readonly document: FlowDocument;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

export type Table = Record<string, unknown>;

/** The tables of a document in which entries are written one by one. */
export const TABLES = ['nodes', 'edges', 'types', 'frames'] as const;

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null;
}

/** Whether a field has this value already. A dialog that is closed without an edit sends what was there: no step of undo. */
export function isWritten(table: Table, key: string, value: unknown): boolean {
  return table[key] === value || (Object.hasOwn(table, key) && isSameJson(table[key], value));
}

/** Whether two values would be saved as the same text; so the order of keys counts, which is that of promoted ports. */
function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isTable(a) || !isTable(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const [keys, others] = [savedKeys(a), savedKeys(b)];
  return keys.length === others.length && keys.every((key, at) => key === others[at] && isSameJson(a[key], b[key]));
}

function savedKeys(table: Table): string[] {
  return Object.keys(table).filter((key) => table[key] !== undefined);
}
