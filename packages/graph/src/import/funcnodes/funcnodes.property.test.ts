import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectSound } from '../import-fixture.js';
import { importFuncNodes } from './import-funcnodes.js';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'g');
const anyId = fc.oneof({ weight: 9, arbitrary: id }, fc.constantFrom('gone', '__proto__', 'constructor', ''));
const port = fc.constantFrom('x', 'y', 'o', '_triggerinput', '_triggeroutput', '__proto__');
const json = fc.jsonValue({ maxDepth: 1 });

const io = fc.record(
  {
    value: fc.oneof(json, fc.constant('<NoValue>')),
    default: json,
    is_input: fc.boolean(),
    hidden: fc.boolean(),
    name: fc.constantFrom('x', 'label'),
    value_options: json,
    extra: json,
  },
  { requiredKeys: [] },
);

const node = fc.record(
  {
    id: anyId,
    node_id: fc.constantFrom<unknown>('demo.t', 'demo.u', 5),
    name: json,
    io: fc.oneof(
      fc.dictionary(port, io, { maxKeys: 3 }),
      fc.array(
        fc.tuple(port, io).map(([name, rest]) => ({ ...rest, id: name })),
        { maxLength: 3 },
      ),
      json,
    ),
    properties: fc.oneof(fc.constant({ 'frontend:pos': [1, 2], 'frontend:size': [3, -4] }), json),
    render_options: json,
    status: json,
  },
  { requiredKeys: ['id', 'node_id'] },
);

const group = fc.record(
  {
    node_ids: fc.array(anyId, { maxLength: 3 }),
    child_groups: fc.array(anyId, { maxLength: 2 }),
    parent_group: fc.option(anyId),
    meta: json,
  },
  { requiredKeys: [] },
);

const space = fc.record(
  {
    nodes: fc.array(node, { maxLength: 6 }),
    edges: fc.oneof({ weight: 9, arbitrary: fc.array(fc.tuple(anyId, port, anyId, port), { maxLength: 10 }) }, json),
    groups: fc.oneof(fc.dictionary(anyId, group, { maxKeys: 4 }), json),
    prop: json,
    lib: json,
  },
  { requiredKeys: ['nodes', 'edges', 'groups'] },
);

test('any node space becomes a flow that opens unchanged', () => {
  fc.assert(
    fc.property(space, json, (input, other) => {
      const before = structuredClone(input);
      expectSound(importFuncNodes(input));
      expectSound(importFuncNodes({ backend: input, view: other, meta: other, external_workers: other }));
      expectSound(importFuncNodes({ state: { backend: input }, config: { package_dependencies: other, name: other } }));
      expect(input).toEqual(before);
    }),
    { numRuns: 200 },
  );
});

test('every node, edge and group is in the flow, or an issue says why not', () => {
  fc.assert(
    fc.property(space, (input) => {
      const { document, issues } = importFuncNodes(input);
      const isToldAt = (table: string, place: unknown): boolean =>
        issues.some(({ path }) => path[0] === table && path[1] === place);
      const all = Object.values(document.edges);
      for (const [place, raw] of input.nodes.entries()) {
        const found = Object.entries(document.nodes).find(([id]) => id === raw.id)?.[1];
        const isKept = found !== undefined && found.type !== 'loom/group';
        if (!isKept) expect(isToldAt('nodes', place)).toBe(true);
      }
      for (const [place, edge] of (Array.isArray(input.edges) ? input.edges : []).entries()) {
        if (!Array.isArray(edge) || isToldAt('edges', place)) continue;
        const [, , target, targetPort] = edge;
        // An input that hands on may have handed on a literal, and a cycle is opened by load.
        const isWired = all.some((wire) => wire.target === target && wire.targetPort === targetPort);
        const isSet = Object.hasOwn(document.nodes[String(target)]?.inputs ?? {}, String(targetPort));
        const isCycle = issues.some(({ code }) => code === 'edge/cycle' || code === 'import/duplicate-edge');
        expect(isWired || isSet || isCycle).toBe(true);
      }
      for (const name of Object.keys(typeof input.groups === 'object' && input.groups !== null ? input.groups : {})) {
        const isKept = Object.values(document.nodes).some(({ type }) => type === 'loom/group');
        expect(isKept || isToldAt('groups', name) || isToldAt('groups', Number(name))).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

test('whatever is in place of a node space, nothing is thrown', () => {
  const anything = fc.anything({ withMap: true, withDate: true, withNullPrototype: true });
  fc.assert(
    fc.property(anything, anything, (one, other) => {
      expectSound(
        importFuncNodes({ nodes: [{ id: 'a', node_id: 'x', io: one, properties: other }], edges: other, groups: one }),
      );
      expectSound(importFuncNodes({ backend: { nodes: one, edges: other }, view: one, external_workers: other }));
      expectSound(importFuncNodes(one));
    }),
    { numRuns: 200 },
  );
});
