import type { FlowDocument, FlowNode, NodeSettings } from '@loom/graph';
import { flow } from '@loom/testing';
import { expect, it } from 'vitest';
import { changesComputation } from './changes-computation.js';

const base = flow()
  .node('a', 'test/t', { x: 1, y: [1] }, { join: 'any', retries: 1 })
  .node('b', 'test/t')
  .wire('a.out', 'b.x')
  .javascript('test/t', 'export default () => 1', { x: 'any' }, { out: 'any' }).document;

const copy = (): FlowDocument => structuredClone(base);
const withNode = (changes: Partial<FlowNode>): FlowDocument => {
  const { a, ...others } = copy().nodes;
  if (!a) throw new Error('no node');
  return { ...copy(), nodes: { a: { ...a, ...changes }, ...others } };
};
const withSettings = (settings: NodeSettings): FlowDocument => withNode({ settings });
const edge = { source: 'a', sourcePort: 'out', target: 'b', targetPort: 'x' };

it.each<[string, FlowDocument]>([
  ['nothing, all of it anew', copy()],
  [
    'the place, size, name and looks of a node',
    withNode({ position: { x: 7, y: 7 }, label: 'x', view: { color: 'red' } }),
  ],
  [
    'title, frames, settings and outputs of the flow',
    { ...copy(), title: 'x', settings: { mode: 'auto' }, outputs: {} },
  ],
  ['a breakpoint', withSettings({ join: 'any', retries: 1, breakpoint: 'index == 3' })],
  ['tries and times', withSettings({ join: 'any', timeoutMs: 5, cache: 'never', eventPolicy: 'drop' })],
  ['a node at the end with its wire, which go', { ...copy(), nodes: { a: base.nodes.a as FlowNode }, edges: {} }],
])('an edit changes nothing that is computed: %s', (_, after) => {
  expect(changesComputation(base, after)).toBe(false);
});

it.each<[string, FlowDocument]>([
  ['a value', withNode({ inputs: { x: 2, y: [1] } })],
  ['a part of a value', withNode({ inputs: { x: 1, y: [2] } })],
  ['a value that is absent', withNode({ inputs: { x: 1 } })],
  ['a type', withNode({ type: 'test/u' })],
  ['a zone', withNode({ parent: 'b' })],
  ['a join', withSettings({ join: 'first', retries: 1 })],
  ['a pin', withSettings({ join: 'any', retries: 1, pinned: { out: 1 } })],
  ['muting', withSettings({ join: 'any', mode: 'muted' })],
  ['a new node', flow(base).node('c', 'test/t').document],
  ['a node called like what every object has', flow(base).node('constructor', 'test/t').document],
  ['a new wire', flow(base).wire('a.out', 'b.y').document],
  ['another end of a wire', { ...base, edges: { 'a.out -> b.x': { ...edge, targetPort: 'y' } } }],
  ['the order of a wire', { ...base, edges: { 'a.out -> b.x': { ...edge, order: 1 } } }],
  ['a wire that goes', { ...base, edges: {} }],
  ['code', flow(base).javascript('test/t', 'export default () => 2', { x: 'any' }, { out: 'any' }).document],
  ['the environment', { ...base, environment: { python: { requirements: ['numpy'] } } as FlowDocument['environment'] }],
  ['a promoted input', { ...base, inputs: { x: { node: 'a', port: 'x' } } }],
])('an edit changes what is computed: %s', (_, after) => {
  expect(changesComputation(base, after)).toBe(true);
});

it('an edit changes nothing that is computed: a node without wires, which goes', () => {
  expect(changesComputation(flow(base).node('c', 'test/t').document, base)).toBe(false);
});
