import type { FlowDocument, NodeId } from '@loom/graph';
import { callBehaviour, fuzzLibrary } from '../fuzz-flow/fuzz-library.js';
import { type InterpretOptions, interpret } from './interpret.js';
import type { ExpectedFrame, ExpectedNode } from './outcome.js';
import { ItemStream } from './token.js';

const library = fuzzLibrary(() => {
  throw new Error('The interpreter calls behaviours itself.');
});

/** Puts nodes into zones. */
export function placed(document: FlowDocument, parents: Readonly<Record<NodeId, NodeId>>): FlowDocument {
  const nodes = Object.entries(document.nodes).map(([id, node]) => {
    const parent = parents[id];
    return [id, parent === undefined ? node : { ...node, parent }];
  });
  return { ...document, nodes: Object.fromEntries(nodes) };
}

/** How a run ends, in short words: values by port, `error <code>`, or `skipped <why> <who>`. Frames are lists beside. */
export function told(document: FlowDocument, options: Partial<InterpretOptions> = {}): Record<NodeId, unknown> {
  const { nodes } = interpret(document, library, { call: callBehaviour, ...options });
  return ends(nodes);
}

/** The iterations of a container, each told like a run. */
export function toldFrames(document: FlowDocument, container: NodeId): unknown[] {
  const { nodes } = interpret(document, library, { call: callBehaviour });
  return (nodes.get(container)?.frames?.list ?? []).map(frame);
}

function frame({ nodes }: ExpectedFrame): unknown {
  return ends(nodes);
}

function ends(nodes: ReadonlyMap<NodeId, ExpectedNode>): Record<NodeId, unknown> {
  return Object.fromEntries([...nodes].map(([id, node]) => [id, end(node)]));
}

function end(node: ExpectedNode): unknown {
  switch (node.state) {
    case 'success':
      return Object.fromEntries([...node.outputs].map(([port, value]) => [port, shown(value)]));
    case 'error':
      return `error ${node.code ?? 'of any code'}`;
    case 'skipped':
      return ['skipped', node.reason.kind, ...[...node.reason.blames].sort()].join(' ');
  }
}

function shown(value: unknown): unknown {
  return value instanceof ItemStream ? { stream: value.items } : value;
}
