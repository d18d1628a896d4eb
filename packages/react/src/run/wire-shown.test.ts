import { builtinShelf, createEngine, createJavaScriptExecutor } from '@loom/engine';
import { createLibrary, type FlowDocument, load } from '@loom/graph';
import { expect, onTestFinished, test } from 'vitest';
import nestedZones from '../../../../examples/flows/patterns/nested-zones.loom.json' with { type: 'json' };
import type { Schedule } from '../store/flush-schedule.js';
import { createLoomStore } from '../store/loom-store.js';
import { createOpenedStore } from '../subgraph/opened-store.js';
import { wireShown } from './wire-shown.js';

const atOnce: Schedule = (check) => {
  check();
  return () => undefined;
};

/** A times table: each row begins the zone of its columns anew. */
function timesTable(document: FlowDocument = load(nestedZones).document) {
  const library = createLibrary({ shelves: [builtinShelf] });
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const store = createOpenedStore(
    createLoomStore({ document, library, engine, schedule: atOnce, scheduleStale: atOnce }),
  );
  onTestFinished(() => store.dispose());
  onTestFinished(store.connect());
  return { store, on: (wire: string) => wireShown(store, wire)?.preview.data['text/plain'] };
}
const ROW = 'rows.item -> times.a';
const COLUMN = 'columns.item -> times.b';

test('a wire from the entry of a zone has the value of its last iteration, also from a zone further out', async () => {
  const { store, on } = timesTable();
  expect([on(ROW), on(COLUMN)]).toEqual([undefined, undefined]);
  await store.run().result;
  expect([on(ROW), on(COLUMN), on('times.product -> columns.result')]).toEqual(['3', '4', '12']);
});

test('an earlier run that is looked at has the values that its zones gave to their bodies', async () => {
  const { store, on } = timesTable();
  await store.run().result;
  const [first] = [...store.getState().runs.kept.keys()];
  store.dispatch([{ kind: 'set-input', id: 'rows', port: 'items', value: [10, 20] }], { label: 'Set' });
  await store.run().result;
  expect([on(ROW), on(COLUMN)]).toEqual(['20', '4']);
  store.lookAtRun(first);
  expect([on(ROW), on(COLUMN)]).toEqual(['3', '4']);
  // The iterations before the last one are told from what the zones went through.
  store.setFrame('rows', 1);
  store.setFrame('columns', 0);
  expect([on(ROW), on(COLUMN)]).toEqual(['2', '1']);
});
