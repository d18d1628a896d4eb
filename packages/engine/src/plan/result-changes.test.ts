import { createLibrary, type FlowDocument, type FlowNode, type NodeId } from '@loom/graph';
import { flow } from '@loom/testing';
import { expect, it } from 'vitest';
import { builtinShelf } from '../builtin-shelf.js';
import { resultChanges } from './result-changes.js';

const library = createLibrary({ shelves: [builtinShelf] });
const { document } = flow()
  .node('n', 'loom/value-number', { value: 1 })
  .node('zone', 'loom/for-each', { items: [1] }, { zone: { kind: 'for-each' } })
  .node('out', 'loom/merge')
  .wire('n.value', 'out.values');
const body = document.nodes.out as FlowNode; // one of those above

function changed(id: NodeId, changes: Partial<FlowNode>): FlowDocument {
  return { ...document, nodes: { ...document.nodes, [id]: { ...(document.nodes[id] as FlowNode), ...changes } } };
}

const causes = (node: NodeId, after: FlowDocument, before: FlowDocument = document) =>
  resultChanges(node, { document: before, library }, { document: after, library });

it('[R6] says in what a node differs, and what feeds it', () => {
  const edited = changed('n', { inputs: { value: 2 } });
  expect(causes('n', edited)).toEqual([{ kind: 'literal', port: 'value' }]);
  expect(causes('out', edited)).toEqual([{ kind: 'upstream', node: 'n', change: 'changed' }]);
  expect(causes('n', changed('n', { position: { x: 9, y: 9 } }))).toEqual([]);
  expect(causes('out', { ...document, edges: {} })).toEqual([{ kind: 'wiring', port: 'values' }]);
});

it('[R6] takes the outermost zone for a node in it, and knows nothing of one that is not there', () => {
  const inZone = { ...document, edges: {}, nodes: { ...document.nodes, out: { ...body, parent: 'zone' } } };
  const zone = document.nodes.zone as FlowNode;
  const more = { ...inZone, nodes: { ...inZone.nodes, zone: { ...zone, inputs: { items: [1, 2] } } } };
  expect(causes('out', more, inZone)).toContainEqual({ kind: 'literal', port: 'items' });
  expect(causes('gone', document)).toBeUndefined();
});
