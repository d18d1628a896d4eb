import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlowDocument } from '../document.js';
import { library } from '../fixture.js';
import { redo, undo } from '../history.js';
import { load } from '../load/load.js';
import { applyChange } from '../patch.js';
import { save } from '../save.js';
import { topologicalOrder } from '../topology.js';
import { validate } from '../validate/validate.js';
import { applyOperations } from './apply.js';
import { operation, play, type Step, seeds, steps } from './random-edits-fixture.js';

test('undoing everything step by step passes the same documents, with the same order of entries, back to the start', () => {
  fc.assert(
    fc.property(seeds, steps, (seed, all) => {
      let { document, history, before } = play(seed, all);
      for (const expected of before.toReversed()) {
        const back = undo(history, document);
        if (!back) throw new Error('There should be a step.');
        expect(JSON.stringify(back.document)).toBe(JSON.stringify(expected));
        ({ document, history } = back);
      }
      expect(undo(history, document)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

test('redoing what was undone gives the same document and history again', () => {
  fc.assert(
    fc.property(seeds, steps, fc.nat(25), (seed, all, times) => {
      const end = play(seed, all);
      let { document, history } = end;
      let undone = 0;
      for (let step = undo(history, document); step && undone < times; step = undo(history, document)) {
        ({ document, history } = step);
        undone++;
      }
      for (; undone > 0; undone--) {
        const again = redo(history, document);
        if (!again) throw new Error('There should be a step.');
        ({ document, history } = again);
      }
      expect(document).toEqual(end.document);
      expect(history).toEqual(end.history);
    }),
    { numRuns: 300 },
  );
});

test('what operations make can be saved and opens without an issue, and holds no cycle', () => {
  fc.assert(
    fc.property(seeds, steps, (seed, all) => {
      const { document } = play(seed, all);
      expect(load(save(document))).toEqual({ document, issues: [] });
      expect(topologicalOrder(document).cycle).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

test('patches lead where the operations led, and a refusal leaves everything as it was', () => {
  fc.assert(
    fc.property(seeds, steps, fc.array(operation, { minLength: 1, maxLength: 6 }), (seed, all, operations) => {
      const { document } = play(seed, all);
      const text = JSON.stringify(document);
      const result = applyOperations(document, operations, { library });
      expect(JSON.stringify(document)).toBe(text);
      if (!result.ok) {
        expect(result.error.context).toHaveProperty('index');
        return;
      }
      expect(applyChange(document, result.change.patches)).toEqual(result.document);
      expect(JSON.stringify(applyChange(result.document, result.change.inverse))).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test('without force, no wire comes to lead out of a zone', () => {
  const escapes = (document: FlowDocument): number =>
    validate(document, library).filter(({ code }) => code === 'edge/escapes-zone' || code === 'edge/not-in-zone')
      .length;
  fc.assert(
    fc.property(seeds, steps, (seed, all) => {
      const gentle = all.map(({ operations, mergeKey }): Step => {
        return { operations: operations.map((each) => ('force' in each ? { ...each, force: false } : each)), mergeKey };
      });
      expect(escapes(play(seed, gentle).document)).toBe(0);
    }),
    { numRuns: 300 },
  );
});
