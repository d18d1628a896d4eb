import fc from 'fast-check';
import type { FlowDocument, NodeSettings } from '../document.js';
import { flow, inside, library, node, zone } from '../fixture.js';
import { createHistory, type History, record } from '../history.js';
import { applyOperations } from './apply.js';
import type { Operation } from './operation.js';

// Random edits for the tests of operations. Not exported from this package.

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '1', '0', 'constructor');
const edgeId = fc.constantFrom('e0', 'e1', 'e2', 'e3', 'e4', '7');
const typeId = fc.constantFrom('number', 'int', 'add', 'sum', 'same', 'nobody', 't');
const sourcePort = fc.constantFrom('out', 'sum', 'o', 'item', 'result', 'value', 'value.current');
const port = fc.constantFrom('a', 'b', 'x', 'y', 'items', 'value', 'result', 'value.next');
const value = fc.jsonValue({ maxDepth: 2 }).map((json) => JSON.parse(JSON.stringify(json)));
const position = fc.record({ x: fc.integer(), y: fc.integer() });
const type = fc.constantFrom(
  { kind: 'javascript' as const, source: '', outputs: { o: { type: 'int' } } },
  { kind: 'javascript' as const, source: 'x', inputs: { x: { type: 'list<T>' } }, outputs: { o: { type: 'T' } } },
);

const settings = fc.constantFrom<NodeSettings | null>(
  null,
  { mode: 'muted', pinned: { out: 1 } },
  { zone: { kind: 'group' } },
  { zone: { kind: 'for-each' } },
  { zone: { kind: 'for-each', results: { result: { type: 'int' }, x: {} } } },
  { zone: { kind: 'while' } },
  { zone: { kind: 'repeat', carried: { a: {}, b: {} } } },
);

/** Any operation on a few ids, so that they meet. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('add-node' as const), id, node: typeId.map((t) => node(t)) }) },
  fc.record({
    kind: fc.constant('add-node' as const),
    id,
    node: fc.tuple(typeId, id).map(([t, parent]) => node(t, { parent })),
  }),
  fc.record({ kind: fc.constant('remove-nodes' as const), ids: fc.array(id, { maxLength: 2 }) }),
  fc.record({ kind: fc.constant('move-nodes' as const), positions: fc.dictionary(id, position, { maxKeys: 2 }) }),
  fc.record({
    kind: fc.constant('update-node' as const),
    id,
    changes: fc.record(
      {
        label: fc.constantFrom(undefined, null, 'L', ''),
        type: typeId,
        parent: fc.option(id),
        settings,
        view: fc.constant({ collapsed: true }),
      },
      { requiredKeys: [] },
    ),
    force: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('set-input' as const), id, port, value }),
  fc.record({ kind: fc.constant('clear-input' as const), id, port }),
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('connect' as const),
      id: edgeId,
      edge: fc.record({ source: id, sourcePort, target: id, targetPort: port }),
      force: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant('disconnect' as const), ids: fc.array(edgeId, { maxLength: 2 }) }),
  fc.record({ kind: fc.constant('set-type' as const), id: fc.constantFrom('t', 'add'), type }),
  fc.record({ kind: fc.constant('remove-type' as const), id: fc.constantFrom('t', 'add') }),
  fc.record({
    kind: fc.constant('set-frame' as const),
    id,
    frame: position.map((at) => ({ kind: 'note' as const, position: at, size: { width: 1, height: 1 } })),
  }),
  fc.record({ kind: fc.constant('remove-frames' as const), ids: fc.array(id, { maxLength: 2 }) }),
  fc.record({
    kind: fc.constant('update-flow' as const),
    changes: fc.record(
      {
        title: fc.option(fc.string()),
        inputs: id.map((n) => ({ i: { node: n, port: 'a' } })),
        meta: fc.constant({ m: 1 }),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    kind: fc.constant('reorder-edges' as const),
    node: id,
    port: fc.constant('items'),
    ids: fc.array(edgeId, { maxLength: 2 }),
  }),
);

/** One transaction. */
export type Step = { readonly operations: readonly Operation[]; readonly mergeKey: string | undefined };
const step: fc.Arbitrary<Step> = fc.record({
  operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
  mergeKey: fc.option(fc.constantFrom('k', 'l'), { nil: undefined, freq: 4 }),
});

export const seeds = fc.constantFrom(
  flow({ a: 'number', b: 'add', c: 'same' }, ['a.out -> b.a', 'a.out -> c.x']),
  flow(
    {
      a: zone('for-each'),
      b: inside('a', 'same'),
      c: zone('while', { parent: 'a' }),
      d: inside('c', 'same'),
      f: 'same',
    },
    [
      ...[
        'a.item -> b.x',
        'b.out -> c.value',
        'c.value.current -> d.x',
        'd.out -> c.value.next',
        'c.value -> a.result',
      ],
      'f.out -> d.y',
    ],
  ),
);

export interface Edited {
  readonly document: FlowDocument;
  readonly history: History;
  /** The document before each step of the history. */
  readonly before: readonly FlowDocument[];
}

/** Applies what is accepted. */
export function play(seed: FlowDocument, steps: readonly Step[]): Edited {
  let document = seed;
  let history = createHistory(1000);
  let before: FlowDocument[] = [];
  for (const { operations, mergeKey } of steps) {
    const result = applyOperations(document, operations, { library });
    if (!result.ok) continue;
    const next = record(history, { label: '', change: result.change, ...(mergeKey !== undefined && { mergeKey }) });
    if (next.past.length > before.length) before = [...before, document];
    history = next;
    document = result.document;
  }
  return { document, history, before };
}

export const steps = fc.array(step, { maxLength: 25 });
