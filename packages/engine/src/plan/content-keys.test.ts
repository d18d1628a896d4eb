import { createLibrary, type FlowDocument, type FlowNode, type NodeId, type NodeType } from '@loom/graph';
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

  it('has in it what Python requires, for Python and what is made of it', () => {
    const both = flow()
      .python('py', 'def f(x=1): return x')
      .node('p', 'py')
      .node('after', 'test/add', { b: 1 })
      .wire('p.result', 'after.a')
      .node('js', 'loom/value-number');
    const readPython = (id: string): NodeType => ({
      ...add(1),
      id,
      implementation: { kind: 'source', language: 'python', source: '', entry: 'f', revision: '1', returns: 'single' },
    });
    const withPython = createLibrary({
      shelves: [builtinShelf, { name: 'test', types: [add(1)] }],
      readers: { python: readPython },
    });
    const before = contentKeys(both.document, withPython);
    const now = contentKeys(both.with({ environment: { python: { requirements: ['numpy'] } } }).document, withPython);
    expect(['p', 'after', 'js'].filter((id) => before.of(id) !== now.of(id))).toEqual(['p', 'after']);
  });

  it('is that of its source behind a bypassed node', () => {
    const wired = flow(document).node('c', 'test/add', { b: 1 }).wire('b.sum', 'c.a').document;
    const after = { ...wired.nodes, b: { ...(wired.nodes.b as FlowNode), settings: { mode: 'bypassed' } as const } };
    const direct = flow(document).node('c', 'test/add', { b: 1 }).wire('a.sum', 'c.a').document;
    const keys = (of: FlowDocument) => contentKeys(of, library).of('c');
    expect(keys({ ...wired, nodes: after })).toBe(keys(direct));
  });
});

describe('[R6] the key of a container', () => {
  const zone = (lit: number, kind: 'for-each' | 'repeat' = 'for-each') =>
    flow()
      .node('n', 'loom/value-number', { value: 1 })
      .zone('zone', { kind }, kind === 'for-each' ? { items: [] } : { times: 1 })
      .node('in', 'test/add', { a: 1, b: lit })
      .node('next', 'test/add', { b: 1 })
      .node('aside', 'test/add', { a: 1, b: 1 })
      .wire('in.sum', 'next.a')
      .into('zone', 'in', 'next', 'aside')
      .node('after', 'test/add', { b: 1 })
      .wire('zone.result', 'after.a');
  const differing = (before: FlowDocument, now: FlowDocument): NodeId[] => {
    const [then, after] = [contentKeys(before, library), contentKeys(now, library)];
    return Object.keys(now.nodes).filter((id) => then.of(id) !== after.of(id));
  };

  it('has its body in it, and of the nodes in there those change that depend on the edit', () => {
    expect(differing(zone(1).document, zone(2).document)).toEqual(['zone', 'in', 'next', 'after']);
    expect(differing(zone(1, 'repeat').document, zone(2, 'repeat').document)).toEqual([
      'zone',
      'in',
      'next',
      'aside',
      'after',
    ]);
  });

  it('has in it what goes into the body', () => {
    const given = flow(zone(1).document).wire('n.value', 'zone.items');
    const edited = flow(given.document).node('n', 'loom/value-number', { value: 2 });
    expect(differing(given.document, edited.document)).toEqual(['n', 'zone', 'in', 'next', 'aside', 'after']);
    const captured = flow(zone(1).document).wire('n.value', 'next.b');
    const changedToo = flow(captured.document).node('n', 'loom/value-number', { value: 2 });
    expect(differing(captured.document, changedToo.document)).toContain('zone');
  });

  it('follows the definition of a subgraph, in every instance, and not where its nodes stand', () => {
    const body = (lit: number, x = 0) => {
      const inner = flow().node('in', 'test/add', { a: 1, b: lit });
      const moved = { in: { ...(inner.document.nodes.in as FlowNode), position: { x, y: 0 } } };
      return flow()
        .subgraph('sub', inner.with({ nodes: moved }), {}, { out: 'in.sum' })
        .subgraph('outer', flow().node('deep', 'sub'), {}, { out: 'deep.out' })
        .node('one', 'sub')
        .node('two', 'outer').document;
    };
    expect(differing(body(1), body(2))).toEqual(['one', 'two']);
    expect(differing(body(1), body(1, 50))).toEqual([]);
  });
});
