import { createLibrary, type FlowDocument, type FlowNode, type NodeId } from '@loom/graph';
import { flow } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import { builtinShelf } from '../builtin-shelf.js';
import { defineNode } from '../define-node.js';
import { contentKeys } from './content-keys.js';

const add = (version: number) =>
  defineNode({
    id: 'test/add',
    version,
    inputs: { a: 'number', b: 'number' },
    outputs: { sum: 'number' },
    run: ({ a, b }) => ({ sum: a + b }),
  });
const libraryOf = (version: number) =>
  createLibrary({ shelves: [builtinShelf, { name: 'test', types: [add(version)] }] });
const library = libraryOf(1);

const { document } = flow()
  .node('n', 'loom/value-number', { value: 1 })
  .node('a', 'test/add', { b: 1 })
  .node('b', 'test/add', { b: 1 })
  .node('aside', 'loom/value-number', { value: 1 })
  .wire('n.value', 'a.a')
  .wire('a.sum', 'b.a');

function change(id: NodeId, changes: Partial<FlowNode>): FlowDocument {
  const node = document.nodes[id] as FlowNode; // one of those above
  return { ...document, nodes: { ...document.nodes, [id]: { ...node, ...changes } } };
}

function changed(after: FlowDocument, libraryAfter = library): NodeId[] {
  const before = contentKeys(document, library);
  const now = contentKeys(after, libraryAfter);
  return Object.keys(document.nodes).filter((id) => before.of(id) !== now.of(id));
}

describe('[R6] the key of a node', () => {
  it('changes with its literals, and with those of everything that feeds it', () => {
    expect(changed(change('n', { inputs: { value: 2 } }))).toEqual(['n', 'a', 'b']);
    expect(changed(change('b', { inputs: { b: 2 } }))).toEqual(['b']);
  });

  it('changes with the wires', () => {
    expect(changed({ ...document, edges: {} })).toEqual(['a', 'b']);
  });

  it('changes with the code', () => {
    expect(changed(document, libraryOf(2))).toEqual(['a', 'b']);
  });

  it('is the same when what was changed is changed back, and wherever and whatever the node is called', () => {
    expect(changed(change('n', { inputs: { value: 1 } }))).toEqual([]);
    expect(changed(change('a', { position: { x: 7, y: 7 }, label: 'Other' }))).toEqual([]);
  });

  it('is missing for a node that is not there, and empty for one that waits for itself', () => {
    const keys = contentKeys(flow().node('x', 'test/add').wire('x.sum', 'x.a').document, library);
    expect([keys.of('x'), keys.of('nobody')]).toEqual(['', undefined]);
  });
});
