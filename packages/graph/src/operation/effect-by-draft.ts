import { enablePatches, Immer } from 'immer';
import type { FlowDocument } from '../document.js';
import type { Patch } from '../patch.js';
import { type Effect, isTable, isWritten, TABLES, type Table } from './effect.js';
import type { WorkingCopy } from './working-copy.js';

enablePatches();
// Freezing a fresh document of 10,000 nodes takes ten times as long as the edit itself; types say readonly instead.
const immer = new Immer({ autoFreeze: false, useStrictIteration: false });

/** Carries all writes out on a draft, which finds the patches. */
export function effectByDraft(copy: WorkingCopy): Effect {
  const [document, patches, inverse] = immer.produceWithPatches(copy.base, (draft: FlowDocument) => {
    write(copy, draft as unknown as Table);
  });
  return { document, patches: patches as Patch[], inverse: inverse as Patch[] };
}

function write(copy: WorkingCopy, draft: Table): void {
  const base = copy.base as unknown as Table;
  for (const name of TABLES) {
    const { writes } = copy[name];
    if (writes.size > 0) writeTable(draft[name] as Table, base[name] as Table, writes);
  }
  for (const [key, value] of copy.fields) writeField(draft, base, key, value);
}

function writeTable(draft: Table, base: Table, writes: ReadonlyMap<string, unknown>): void {
  for (const [id, value] of writes) {
    const before = Object.hasOwn(base, id) ? base[id] : undefined;
    if (before === value) continue;
    if (before === undefined) draft[id] = value;
    else if (value === undefined) delete draft[id];
    else writeFields(draft, base, id, value as Table);
  }
}

/** Writes only the fields that differ, and of literals only the ports, so that patches say what was done. */
function writeFields(draft: Table, base: Table, id: string, value: Table): void {
  const before = base[id] as Table;
  const keys = new Set([...Object.keys(before), ...Object.keys(value)]);
  for (const key of keys) {
    if (before[key] === value[key]) continue;
    const own = draft[id] as Table;
    if (key === 'inputs' && isTable(before[key]) && isTable(value[key])) {
      for (const port of new Set([...Object.keys(before[key]), ...Object.keys(value[key])])) {
        writeField(own[key] as Table, before[key], port, value[key][port]);
      }
    } else writeField(own, before, key, value[key]);
  }
}

function writeField(draft: Table, before: Table, key: string, value: unknown): void {
  if (isWritten(before, key, value)) return;
  if (value === undefined) delete draft[key];
  else draft[key] = value;
}
