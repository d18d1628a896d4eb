import { createLibrary } from './create-library.js';
import { emptyDocument, type FlowDocument, type FlowEdge, type FlowNode, type ZoneSettings } from './document.js';
import type { Library } from './library.js';
import type { InputPort, NodeType } from './node-type.js';
import { applyOperations } from './operation/apply.js';
import type { Operation } from './operation/operation.js';
import { parsePortType } from './port-type/parse.js';

// Builders for the tests of this package. Not exported from it.

/** A node type from lines such as `x: int`, `rest*: list<T>` (takes several wires) and `x?: int` (optional). */
export function nodeType(id: string, inputs: readonly string[], outputs: readonly string[]): NodeType {
  return {
    id,
    title: id,
    version: 1,
    inputs: inputs.map(input),
    outputs: outputs.map((line) => {
      const [port = '', type = 'any'] = line.split(': ');
      return { id: port, title: port, type: parsePortType(type) };
    }),
    pure: true,
    implementation: { kind: 'function', language: 'javascript', run: () => ({}), revision: '1' },
    problems: [],
  };
}

function input(line: string): InputPort {
  const [name = '', type = 'any'] = line.split(': ');
  const id = name.replace(/[?*]/g, '');
  const port = { id, title: id, type: parsePortType(type), required: !name.includes('?') };
  return name.includes('*') ? { ...port, multiple: true } : port;
}

/** A library with a few types that most tests need. */
export const library: Library = createLibrary({
  shelves: [
    {
      name: 'test',
      types: [
        nodeType('number', ['value?: number'], ['out: number']),
        nodeType('int', ['value?: int'], ['out: int']),
        nodeType('text', ['value?: string'], ['out: string']),
        nodeType('add', ['a: number', 'b?: number'], ['sum: number']),
        nodeType('sum', ['items*: list<number>'], ['sum: number']),
        nodeType('ints', [], ['list: list<int>']),
        nodeType('first', ['list: list<T>'], ['item: T']),
        nodeType('same', ['x?: T', 'y?: T'], ['out: T']),
        nodeType('show', ['value?'], []),
        nodeType('stream', [], ['items: stream<int>']),
        nodeType('texts', [], ['items: stream<string>']),
        nodeType('drain', ['items: stream<T>'], ['last: T']),
        { ...nodeType('send', ['value?'], []), pure: false },
        { ...nodeType('put', ['value?'], []), pure: false, idempotent: true },
        { ...nodeType('loop', [], []), implementation: { kind: 'zone', revision: '1' } },
        {
          ...nodeType('switch', ['value: T', 'case'], ['default: T']),
          implementation: { kind: 'control', control: 'switch', revision: '1' },
        },
        { ...nodeType('tick', [], ['at: number']), implementation: { kind: 'event', source: 'timer', revision: '1' } },
      ],
    },
  ],
});

export function node(type: string, more: Partial<FlowNode> = {}): FlowNode {
  return { type, position: { x: 0, y: 0 }, ...more };
}

/** A zone, or a group. */
export function zone(kind: ZoneSettings['kind'], more: Partial<FlowNode> & { readonly zone?: object } = {}): FlowNode {
  const { zone: settings, ...rest } = more;
  return node('loop', { ...rest, settings: { ...rest.settings, zone: { kind, ...settings } as ZoneSettings } });
}

/** A node that lies in another. */
export function inside(parent: string, type: string, more: Partial<FlowNode> = {}): FlowNode {
  return node(type, { parent, ...more });
}

/** An edge from text: `a.out -> b.x`. Ids of nodes have no dots; ports may. */
export function wire(text: string): FlowEdge {
  const [from = '', to = ''] = text.split(' -> ');
  const [source = '', ...output] = from.split('.');
  const [target = '', ...input] = to.split('.');
  return { source, sourcePort: output.join('.'), target, targetPort: input.join('.') };
}

/** A document from types by node id and wires as text; the wires get the ids `e0`, `e1`, ... */
export function flow(
  nodes: Readonly<Record<string, string | FlowNode>>,
  wires: readonly string[] = [],
  more: Partial<FlowDocument> = {},
): FlowDocument {
  return {
    ...emptyDocument,
    nodes: Object.fromEntries(Object.entries(nodes).map(([id, n]) => [id, typeof n === 'string' ? node(n) : n])),
    edges: Object.fromEntries(wires.map((text, index) => [`e${index}`, wire(text)])),
    ...more,
  };
}

/** Applies operations that must be accepted. */
export function apply(document: FlowDocument, ...operations: Operation[]): FlowDocument {
  const result = applyOperations(document, operations, { library });
  if (!result.ok) throw result.error;
  return result.document;
}
