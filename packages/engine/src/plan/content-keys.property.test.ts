import {
  createLibrary,
  type FlowDocument,
  type FlowNode,
  type Library,
  type NodeId,
  type NodeSettings,
} from '@loom/graph';
import { randomFlow, randomFlowTypes } from '@loom/testing';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { contentKeys } from './content-keys.js';

const [join] = randomFlowTypes;
if (!join) throw new Error('There is no type for test flows.');
/** Two types of which the second has other code, the same for pure ones. */
const types = ['one', 'two'].flatMap((id) => [
  { ...join, id, implementation: { ...join.implementation, revision: id } as never },
  { ...join, id: `pure-${id}`, pure: true, implementation: { ...join.implementation, revision: id } as never },
]);
const library = createLibrary({ shelves: [{ name: 'test', types }] });

/** An edit of the n-th node, and whether it is one of its own that makes no difference to what it computes. */
type Edit = (node: FlowNode) => FlowNode;

const literal: Edit = (node) => ({ ...node, inputs: { lit: [node.inputs?.lit ?? 0] } });
const code: Edit = (node) => ({
  ...node,
  type: node.type.endsWith('one') ? node.type.replace('one', 'two') : node.type.replace('two', 'one'),
});
const withSettings =
  (settings: NodeSettings): Edit =>
  (node) => ({ ...node, settings: { ...node.settings, ...settings } });
const drawn: Edit = (node) => ({
  ...node,
  label: 'Other',
  position: { x: 1, y: 2 },
  settings: { ...node.settings, timeoutMs: 5, retries: 1 },
});

const settings = fc.constantFrom<NodeSettings>(
  { join: 'settled' },
  { mode: 'muted' },
  { pinned: { out: 1 } },
  { streams: { in: 'whole' } },
);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.constantFrom(literal, code, drawn),
  settings.map((made) => withSettings(made)),
);

function keysOf(document: FlowDocument, of: Library = library): Map<NodeId, string | undefined> {
  const keys = contentKeys(document, of);
  return new Map(Object.keys(document.nodes).map((id) => [id, keys.of(id)]));
}

function isConstant({ settings: own }: FlowNode): boolean {
  return own?.mode === 'muted' || own?.pinned !== undefined;
}

/** These nodes and all that depends on them: what is muted or pinned depends on nothing. */
function cone({ nodes, edges }: FlowDocument, starts: readonly NodeId[]): Set<NodeId> {
  const found = new Set(starts);
  let size = 0;
  while (found.size > size) {
    size = found.size;
    for (const { source, target } of Object.values(edges)) {
      if (found.has(source) && !isConstant(nodes[target] as FlowNode)) found.add(target);
    }
  }
  return found;
}

function changed(before: FlowDocument, after: FlowDocument): Set<NodeId> {
  const [then, now] = [keysOf(before), keysOf(after)];
  return new Set([...now.keys()].filter((id) => then.get(id) !== now.get(id)));
}

const random = randomFlow({ maxNodes: 14, types: ['one', 'two', 'pure-one', 'pure-two'] });

it('[N4] an edit of a node makes exactly that node and what depends on it out of date, until it is undone', () => {
  fc.assert(
    fc.property(random, fc.nat(), edit, (document, pick, change) => {
      const ids = Object.keys(document.nodes);
      const id = ids[pick % ids.length] as NodeId;
      const node = document.nodes[id] as FlowNode;
      const after: FlowDocument = { ...document, nodes: { ...document.nodes, [id]: change(node) } };
      const [before, now] = [isConstant(node), isConstant(after.nodes[id] as FlowNode)];
      const isNothing =
        change === drawn ||
        (before && now && (node.settings?.mode === 'muted' || change === literal || change === code));
      expect(changed(document, after)).toEqual(isNothing ? new Set() : cone(after, [id]));
      expect(keysOf({ ...after, nodes: { ...after.nodes, [id]: { ...node } } })).toEqual(keysOf(document));
    }),
    { numRuns: 500 },
  );
});

it('[N4] so does a wire, and its name and that of its node do not count', () => {
  fc.assert(
    fc.property(random, fc.nat(), (document, pick) => {
      const wires = Object.keys(document.edges);
      const id = wires[pick % Math.max(1, wires.length)];
      const wire = id === undefined ? undefined : document.edges[id];
      if (id === undefined || !wire) return;
      const others = Object.fromEntries(Object.entries(document.edges).filter(([other]) => other !== id));
      const target = document.nodes[wire.target] as FlowNode;
      const cut = { ...document, edges: others };
      expect(changed(document, cut)).toEqual(isConstant(target) ? new Set() : cone(document, [wire.target]));
      const same = Object.values(document.edges).filter((edge) => edge.target === wire.target).length === 1;
      if (same) expect(changed(document, { ...document, edges: { ...others, again: wire } })).toEqual(new Set());
    }),
  );
});

it('[N4] keys of different nodes differ, unless they are pure and the same', () => {
  fc.assert(
    fc.property(random, (document) => {
      const keys = [...keysOf(document)].filter(([id]) => {
        const node = document.nodes[id] as FlowNode;
        return !isConstant(node) && !node.type.startsWith('pure');
      });
      expect(new Set(keys.map(([, key]) => key)).size).toBe(keys.length);
    }),
  );
});
