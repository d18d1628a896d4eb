import { createLibrary, type FlowDocument } from '@loom/graph';
import { flow, simulatedClock } from '@loom/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { builtinShelf } from '../builtin-shelf.js';
import { fakeEngine } from '../live/fake-engine-fixture.js';
import { autoRun } from './auto-run.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit' as const), value: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'move' as const }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(200) }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom({ kind: 'finish' as const }, { kind: 'cancel' as const }, { kind: 'flush' as const }),
  },
);

const documentOf = (value: number): FlowDocument => flow().node('n', 'loom/value-number', { value }).document;
const shownBy = (document: FlowDocument): unknown => document.nodes.n?.inputs?.value;

it('at rest the last run is one of what is there, and at no time more than one goes on', async () => {
  const library = createLibrary({ shelves: [builtinShelf] });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (script) => {
      const clock = simulatedClock();
      const engine = fakeEngine(library);
      const auto = autoRun(engine, { clock });
      let document = documentOf(0);
      auto.update(document);
      for (const taken of script) {
        if (taken.kind === 'edit') {
          document = documentOf(taken.value);
          auto.update(document);
        } else if (taken.kind === 'move') {
          document = { ...document, title: `${document.title}+` };
          auto.update(document);
        } else if (taken.kind === 'wait') clock.advance(taken.ms);
        else if (taken.kind === 'finish') engine.running[0]?.finish();
        else if (taken.kind === 'cancel') engine.running[0]?.cancel();
        else auto.flush();
        await turn();
        expect(engine.running.length).toBeLessThanOrEqual(1);
      }
      clock.advance(150);
      expect(shownBy(engine.runs.at(-1)?.document ?? documentOf(0))).toBe(shownBy(document));
      // Nothing is computed twice in a row, unless it was not computed to its end.
      engine.runs.forEach((run, i) => {
        const before = engine.runs[i - 1];
        if (before?.status === 'succeeded') expect(shownBy(run.document)).not.toBe(shownBy(before.document));
      });
      await auto.stop();
      expect(engine.running).toEqual([]);
      expect(clock.pending).toBe(0);
    }),
    { numRuns: 300 },
  );
});
