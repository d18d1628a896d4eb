import type { Json } from '@loom/graph';

/** One line of a drawn tree. */
export interface TreeRow {
  /** Where it is: the keys from the root, as a JSON pointer. */
  readonly path: string;
  readonly depth: number;
  /** The key in an object or the index in a list; absent for the root. */
  readonly label: string | undefined;
  readonly content:
    | { readonly kind: 'list' | 'object'; readonly size: number; readonly isOpen: boolean }
    | { readonly kind: 'scalar'; readonly value: null | boolean | number | string }
    /** A value that JSON does not have, such as a date or `nan`, as it is written. */
    | { readonly kind: 'other'; readonly text: string }
    /** Something was left out here; `missing` is how much. */
    | { readonly kind: 'cut'; readonly missing: number };
}

/** No tree draws more lines or goes deeper, whatever a value claims to be. */
const MOST_ROWS = 2000;
const DEEPEST = 100;

/** The lines of a tree from top to bottom. What is inside of a container that is not open has none. */
export function treeRows(root: Json, isOpen: (path: string, depth: number) => boolean): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const waiting: { value: Json; path: string; label: string | undefined; depth: number }[] = [];
  waiting.push({ value: root, path: '', label: undefined, depth: 0 });
  for (let item = waiting.pop(); item && rows.length < MOST_ROWS; item = waiting.pop()) {
    const { value, path, label, depth } = item;
    const place = { path, label, depth };
    const missing = cutOf(value);
    const other = otherText(value);
    if (other !== undefined) {
      rows.push({ ...place, content: { kind: 'other', text: other } });
    } else if (missing !== undefined) {
      rows.push({ ...place, content: { kind: 'cut', missing } });
    } else if (typeof value === 'object' && value !== null) {
      const parts = partsOf(value);
      const open = parts.length > 0 && depth < DEEPEST && isOpen(path, depth);
      const kind = Array.isArray(value) ? 'list' : 'object';
      rows.push({ ...place, content: { kind, size: sizeOf(parts), isOpen: open } });
      if (!open) continue;
      for (const [key, part] of parts.toReversed()) {
        // In an object the number behind `$cut` is how many entries are missing.
        const isCutEntry = key === CUT && kind === 'object' && typeof part === 'number';
        waiting.push({
          value: isCutEntry ? { [CUT]: part } : part,
          path: `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
          label: isCutEntry || cutOf(part) !== undefined ? undefined : key,
          depth: depth + 1,
        });
      }
    } else {
      rows.push({ ...place, content: { kind: 'scalar', value } });
    }
  }
  return rows;
}

const CUT = '$cut';

/** What stands for a value that JSON does not have: `{"$text": "nan"}`. */
function otherText(value: Json): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const text = (value as { readonly $text?: Json }).$text;
  return typeof text === 'string' && Object.keys(value).length === 1 ? text : undefined;
}

/** How much a cut stands for, when a value is one. */
export function cutOf(value: Json | undefined): number | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  const missing = (value as { readonly [CUT]?: Json })[CUT];
  return keys.length === 1 && typeof missing === 'number' ? missing : undefined;
}

function partsOf(value: Exclude<Json, null | string | number | boolean>): readonly (readonly [string, Json])[] {
  return Array.isArray(value) ? value.map((item, index) => [String(index), item] as const) : Object.entries(value);
}

/** The size with what was cut. */
function sizeOf(parts: readonly (readonly [string, Json])[]): number {
  const last = parts.at(-1);
  if (!last) return 0;
  const missing = cutOf(last[1]) ?? (last[0] === CUT && typeof last[1] === 'number' ? last[1] : undefined);
  return missing === undefined ? parts.length : parts.length - 1 + missing;
}
