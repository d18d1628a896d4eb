import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlowDocument } from '../document.js';
import { library } from '../fixture.js';
import { applyChange, type Patch, withPlaces } from '../patch.js';
import { carryOut } from './apply.js';
import { effectByDraft } from './effect-by-draft.js';
import { effectByTable } from './effect-by-table.js';
import { operation, play, seeds, steps } from './random-edits-fixture.js';
import { WorkingCopy } from './working-copy.js';

/** Carries out what is accepted, in one transaction. */
function written(document: FlowDocument, operations: Parameters<typeof carryOut>[1][]): WorkingCopy {
  const copy = new WorkingCopy(document);
  for (const each of operations) {
    try {
      carryOut(copy, each, library);
    } catch {
      // What is refused may have written a part of it: that is written here as anything else.
    }
  }
  return copy;
}

/** Patches of different places come in any order. Only that of what is added to a table counts: it is the table's. */
function byPlace(patches: readonly Patch[]): unknown {
  const added = patches.filter(({ op }) => op === 'add').map(({ path }) => path);
  return {
    added: added.toSorted((a, b) => String(a.slice(0, -1)).localeCompare(String(b.slice(0, -1)))),
    patches: patches.map((patch) => JSON.stringify(patch)).toSorted(),
  };
}

test('many writes at once have the effect that a draft has', () => {
  fc.assert(
    fc.property(seeds, steps, fc.array(operation, { minLength: 1, maxLength: 30 }), (seed, before, operations) => {
      const { document } = play(seed, before);
      const copy = written(document, operations);
      const [table, draft] = [effectByTable(copy), effectByDraft(copy)];
      expect(JSON.stringify(table.document)).toBe(JSON.stringify(draft.document));
      expect(byPlace(table.patches)).toEqual(byPlace(draft.patches));
      expect(byPlace(withPlaces(table.inverse, document))).toEqual(byPlace(withPlaces(draft.inverse, document)));
      expect(JSON.stringify(applyChange(document, table.patches))).toBe(JSON.stringify(table.document));
      const back = applyChange(table.document, withPlaces(table.inverse, document));
      expect(JSON.stringify(back)).toBe(JSON.stringify(document));
    }),
    { numRuns: 1000 },
  );
});

test('what many writes leave alone stays the object that it was, as with a draft', () => {
  fc.assert(
    fc.property(seeds, steps, fc.array(operation, { minLength: 1, maxLength: 30 }), (seed, before, operations) => {
      const { document } = play(seed, before);
      const copy = written(document, operations);
      const [table, draft] = [effectByTable(copy), effectByDraft(copy)];
      expect(kept(document, table.document)).toEqual(kept(document, draft.document));
    }),
    { numRuns: 500 },
  );
});

/** The places, down to the fields of entries, where two documents have one object. */
function kept(a: object, b: object, depth = 3): unknown {
  if (a === b) return true;
  if (depth === 0) return false;
  const shared = Object.entries(a).filter(([key, value]) => typeof value === 'object' && Object.hasOwn(b, key));
  return shared.map(([key, value]) => [key, kept(value, (b as Record<string, object>)[key] ?? {}, depth - 1)]);
}
