import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LoadResult } from '../../load/load.js';
import { expectSound } from '../import-fixture.js';
import { importOldLoom } from './import-old-loom.js';

// Ids are few, so that metadata and connections meet nodes, and each other, often.
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const anyId = fc.oneof({ weight: 9, arbitrary: id }, fc.constantFrom('gone', '__proto__', 'constructor', ''));
const ids = fc.array(anyId, { maxLength: 3 });
const port = fc.oneof({ weight: 8, arbitrary: fc.nat(3) }, fc.constantFrom<unknown>('x', '1', -1, 1.5, null, {}, ''));
const literal = fc.jsonValue({ maxDepth: 1 });

const metadata = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.record({ execution_mode: fc.constant('conditional'), true_path: ids, false_path: ids }),
  {
    weight: 2,
    arbitrary: fc.record(
      {
        execution_mode: fc.constant('loop'),
        loop_back_to: anyId,
        loop_type: fc.constantFrom('while', 'for', 'infinite', 7),
        max_iterations: fc.constantFrom<unknown>(-1, 0, 10, 'x'),
      },
      { requiredKeys: ['execution_mode', 'loop_back_to'] },
    ),
  },
  fc.record({
    execution_mode: fc.constant('parallel'),
    parallel_branches: fc.oneof(fc.array(ids, { maxLength: 3 }), literal),
  }),
  fc.record({
    execution_mode: fc.constant('event'),
    event_type: fc.constantFrom('timer', 'file_change', 'http_request', 'moon'),
    interval: fc.constantFrom<unknown>(1, 'x', -1),
  }),
  fc.record({ execution_mode: literal }),
);

const node = fc.record(
  {
    nodeId: anyId,
    name: fc.constantFrom<unknown>('N', '', 3),
    position: fc.constantFrom<unknown>({ x: 1, y: 2 }, { x: 'a' }, null),
    input: fc.oneof(
      fc.array(
        fc.record({ var: fc.constantFrom('x', 'y', '', '__proto__'), value: literal }, { requiredKeys: ['var'] }),
        {
          maxLength: 3,
        },
      ),
      literal,
    ),
    output: fc.oneof(fc.array(fc.constantFrom('x', 'y', 'continue'), { maxLength: 3 }), literal),
    code: fc.constantFrom('def f(x): return x', ''),
    metadata: fc.oneof({ weight: 9, arbitrary: metadata }, literal),
  },
  { requiredKeys: ['nodeId', 'metadata'] },
);

const connection = fc.record(
  { connectionId: anyId, sourceNodeId: anyId, sourcePort: port, targetNodeId: anyId, targetPort: port },
  { requiredKeys: ['sourceNodeId', 'targetNodeId', 'sourcePort', 'targetPort'] },
);

const file = fc
  .record({
    projectId: fc.constant('p'),
    nodes: fc.uniqueArray(node, { selector: ({ nodeId }) => nodeId, maxLength: 8 }),
    connections: fc.array(connection, { maxLength: 14 }),
  })
  .map(({ nodes, connections, ...rest }) => ({
    ...rest,
    nodes: nodes.map((raw, place) => ({ ...raw, input: named(raw.input, place) })),
    // Names that tell where a wire of the result comes from.
    connections: connections.map((raw, place) => ({ ...raw, connectionId: `c${place}` })),
  }));

/** Gives each literal a value of its own. */
function named(input: unknown, place: number): unknown {
  if (!Array.isArray(input)) return input;
  return input.map((port: unknown, index) =>
    typeof port === 'object' && port !== null && 'value' in port ? { ...port, value: `v${place}.${index}` } : port,
  );
}

test('any savefile becomes a flow that opens unchanged, and whose zones are sound', () => {
  fc.assert(
    fc.property(file, (input) => {
      const before = structuredClone(input);
      expectSound(importOldLoom(input));
      expect(input).toEqual(before);
    }),
    { numRuns: 300 },
  );
});

test('a flow of loops in loops is sound', () => {
  const looping = fc.record({
    nodeId: id,
    metadata: fc.record({
      execution_mode: fc.constant('loop'),
      loop_back_to: id,
      loop_type: fc.constantFrom('while', 'infinite'),
    }),
  });
  const plain = fc.record({ nodeId: id });
  const wire = fc.record({ sourceNodeId: id, sourcePort: fc.nat(1), targetNodeId: id, targetPort: fc.nat(1) });
  const loops = fc.record({
    projectId: fc.constant('p'),
    nodes: fc.uniqueArray(fc.oneof(looping, plain), { selector: ({ nodeId }) => nodeId, minLength: 4, maxLength: 8 }),
    connections: fc.array(wire, { minLength: 4, maxLength: 16 }),
  });
  fc.assert(
    fc.property(loops, (input) => expectSound(importOldLoom(input))),
    { numRuns: 300 },
  );
});

function isToldAt({ issues }: LoadResult, table: string, place: unknown): boolean {
  return issues.some(({ path }) => path[0] === table && path[1] === place);
}

test('every node, connection and value of a savefile is in the flow, or an issue says why not', () => {
  fc.assert(
    fc.property(file, (input) => {
      const result = importOldLoom(input);
      const { nodes, edges } = result.document;
      const all = JSON.stringify(nodes);
      for (const [place, { nodeId, input: ports }] of input.nodes.entries()) {
        const isKept = nodeId !== '' && Object.hasOwn(nodes, nodeId);
        if (!isKept) expect(isToldAt(result, 'nodes', place)).toBe(true);
        if (nodeId === '__proto__') continue;
        for (const value of JSON.stringify(ports ?? []).match(/"v\d+\.\d+"/g) ?? []) {
          expect(all.includes(value) || result.issues.some(({ message }) => message.includes(value))).toBe(true);
        }
      }
      const isParallel = (id: string): boolean =>
        input.nodes.some(({ nodeId, metadata: said }) => nodeId === id && JSON.stringify(said).includes('"parallel"'));
      for (const [place, { connectionId, sourceNodeId, targetNodeId }] of input.connections.entries()) {
        if (Object.hasOwn(edges, connectionId) || isToldAt(result, 'connections', place)) continue;
        if (isToldAt(result, 'edges', connectionId)) continue;
        // Of a wire into a parallel node and one out of it, one is left.
        expect(isParallel(sourceNodeId) || isParallel(targetNodeId)).toBe(true);
        expect(Object.hasOwn(nodes, sourceNodeId) || Object.hasOwn(nodes, targetNodeId)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('whatever is in place of a savefile, nothing is thrown', () => {
  fc.assert(
    fc.property(
      fc.anything({ withMap: true, withDate: true, withNullPrototype: true }),
      fc.anything(),
      (nodes, other) => {
        expectSound(importOldLoom({ projectId: 'p', nodes, connections: other, metadata: other }));
        expectSound(
          importOldLoom({
            nodes: [{ nodeId: 'a', position: other, input: nodes, metadata: nodes }],
            connections: [other],
          }),
        );
      },
    ),
    { numRuns: 200 },
  );
});
