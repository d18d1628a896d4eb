import { expect, test } from 'vitest';
import { counted } from '../store/counted-fixture.js';
import { pastCauses } from './past-causes.js';

/** What became of a node in a run of the store. */
function explained(store: ReturnType<typeof counted>['store'], runId: string, node: string) {
  const { kept } = store.getState().runs;
  const run = kept.get(runId);
  if (run === undefined) throw new Error(`The run ${runId} is not kept.`);
  return pastCauses(run, kept, node);
}

test('says for a run that is over why a node ran, or that it did not', async () => {
  const { store, set } = counted();
  const first = store.run({ targets: { kind: 'changed' } });
  await first.result;
  set(5);
  const second = store.run({ targets: { kind: 'changed' } });
  await second.result;
  const third = store.run({ targets: { kind: 'changed' } });
  await third.result;
  const last = store.run({ targets: { kind: 'selection', nodes: ['source'] } });
  await last.result;
  expect(explained(store, first.id, 'double')).toEqual({ did: 'ran', causes: [{ kind: 'no-result' }] });
  expect(explained(store, second.id, 'source')).toEqual({ did: 'ran', causes: [{ kind: 'literal', port: 'value' }] });
  expect(explained(store, second.id, 'double')).toEqual({
    did: 'ran',
    causes: [{ kind: 'upstream', node: 'source', change: 'changed' }],
  });
  expect(explained(store, third.id, 'double')).toEqual({ did: 'reused' });
  expect(explained(store, last.id, 'source')).toEqual({ did: 'ran', causes: [{ kind: 'target' }] });
  expect(explained(store, last.id, 'double')).toEqual({ did: 'nothing' });
});

test('a node that is fed by one that ran anew ran for that', async () => {
  const { store } = counted();
  await store.run().result;
  await store.run({ targets: { kind: 'selection', nodes: ['source'] } }).result;
  const last = store.run({ targets: { kind: 'changed' } });
  await last.result;
  const again = store.run();
  await again.result;
  expect(explained(store, again.id, 'double')).toEqual({
    did: 'ran',
    causes: [{ kind: 'target' }, { kind: 'upstream', node: 'source', change: 'ran-anew' }],
  });
});
