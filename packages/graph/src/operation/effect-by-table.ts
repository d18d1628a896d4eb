import type { FlowDocument } from '../document.js';
import type { Patch } from '../patch.js';
import { type Effect, isTable, isWritten, TABLES, type Table } from './effect.js';
import type { WorkingCopy } from './working-copy.js';

/**
 * The effect of many writes, as a draft would have it: a draft makes a proxy for each entry that is written, and looks
 * through all of them again for the patches, though it is known here what each write does.
 */
export function effectByTable(copy: WorkingCopy): Effect {
  const writer = new TableWriter();
  const base = copy.base as unknown as Table;
  const document: Table = { ...base };
  for (const name of TABLES) document[name] = writer.entries(base[name] as Table, copy[name].writes, [name]);
  for (const [key, value] of copy.fields) writer.field(document, base, [key], value);
  const { patches, inverse } = writer;
  return { document: patches.length === 0 ? copy.base : (document as unknown as FlowDocument), patches, inverse };
}

type Path = Patch['path'];

/** Table and id. */
const ENTRY_DEPTH = 2;

/** Writes into copies and notes what it does. What nothing is written to stays the object that it was. */
class TableWriter {
  readonly patches: Patch[] = [];
  readonly inverse: Patch[] = [];

  /** A table with entries added, taken away and changed. */
  entries(base: Table, writes: ReadonlyMap<string, unknown>, path: Path): Table {
    let table = base;
    for (const [id, value] of writes) {
      const before = Object.hasOwn(base, id) ? base[id] : undefined;
      if (before === value) continue;
      const place = [...path, id];
      if (before === undefined || value === undefined) {
        if (table === base) table = { ...base };
        this.field(table, base, place, value);
        continue;
      }
      const next = this.#changed(before as Table, value as Table, place);
      if (next === before) continue;
      if (table === base) table = { ...base };
      table[id] = next;
    }
    return table;
  }

  /** Sets the last key of a path in a table, unless the table says the same before. Undefined takes the key away. */
  field(table: Table, before: Table, path: Path, value: unknown): void {
    const key = String(path.at(-1));
    if (isWritten(before, key, value)) return;
    const isNew = !Object.hasOwn(before, key);
    if (value === undefined) {
      delete table[key];
      this.patches.push({ op: 'remove', path });
    } else {
      table[key] = value;
      this.patches.push({ op: isNew ? 'add' : 'replace', path, value });
    }
    if (isNew) this.inverse.push({ op: 'remove', path });
    else this.inverse.push({ op: value === undefined ? 'add' : 'replace', path, value: before[key] });
  }

  /** An entry with the fields that differ, and of literals only the ports, so that patches say what was done. */
  #changed(before: Table, value: Table, path: Path): Table {
    let next = before;
    for (const key of keysOfBoth(before, value)) {
      if (isWritten(before, key, value[key])) continue;
      const [old, now] = [before[key], value[key]];
      const areLiterals = key === 'inputs' && path.length === ENTRY_DEPTH && isTable(old) && isTable(now);
      const literals = areLiterals ? this.#changed(old, now, [...path, key]) : undefined;
      if (literals !== undefined && literals === old) continue;
      if (next === before) next = { ...before };
      if (literals === undefined) this.field(next, before, [...path, key], now);
      else next[key] = literals;
    }
    return next;
  }
}

function keysOfBoth(before: Table, value: Table): string[] {
  return [...Object.keys(before), ...Object.keys(value).filter((key) => !Object.hasOwn(before, key))];
}
