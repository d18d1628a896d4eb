import { LoomError } from '../error.js';
import type { Library } from '../library.js';
import { edge as edgeReader, edgeView } from '../load/edge.js';
import { nodeTypeOf } from '../node-type-of.js';
import { needNode } from './nodes.js';
import type { Operation } from './operation.js';
import { accept, acceptId } from './value.js';
import type { WorkingCopy } from './working-copy.js';

type Of<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

/**
 * Adds a wire. Here only what the copy can tell is checked; ports, types and cycles are checked on the whole result,
 * once, so that pasting a thousand wires costs no thousand searches.
 */
export function connect(copy: WorkingCopy, library: Library, { id, edge: raw }: Of<'connect'>): void {
  acceptId(id, 'an edge');
  if (copy.edges.get(id))
    throw new LoomError('graph/duplicate-id', `There is already an edge "${id}".`, { context: { id } });
  const edge = accept(edgeReader, raw, `edge "${id}"`);
  for (const node of [edge.source, edge.target]) {
    if (copy.nodes.get(node)) continue;
    throw new LoomError('edge/unknown-node', `There is no node "${node}".`, { context: { edge: id, node } });
  }
  const present = copy.edgesTo(edge.target, edge.targetPort);
  for (const other of present) {
    const { source, sourcePort } = copy.edges.get(other) ?? edge;
    if (source !== edge.source || sourcePort !== edge.sourcePort) continue;
    throw new LoomError('edge/already-connected', 'These two ports are connected already.', {
      context: { edge: id, other },
    });
  }
  if (!takesSeveral(copy, library, edge.target, edge.targetPort)) {
    for (const other of present) copy.edges.remove(other);
    copy.setEdge(id, edge);
    return;
  }
  const last = present.at(-1);
  // A new wire comes last, whatever its id.
  const order = last === undefined ? undefined : (copy.edges.get(last)?.order ?? 0) + 1;
  copy.setEdge(id, order === undefined || edge.order !== undefined ? edge : { ...edge, order });
}

/** What is already gone is no fault: what the operation wants holds. */
export function disconnect(copy: WorkingCopy, { ids }: Of<'disconnect'>): void {
  for (const id of ids) if (copy.edges.get(id)) copy.edges.remove(id);
}

export function reorderEdges(copy: WorkingCopy, { node, port, ids }: Of<'reorder-edges'>): void {
  needNode(copy, node);
  const present = copy.edgesTo(node, port);
  const named = new Set(ids);
  if (named.size !== ids.length || ids.length !== present.length || present.some((id) => !named.has(id))) {
    const message = `To order the wires of "${port}", name each of them once: ${present.join(', ') || 'there are none'}.`;
    throw new LoomError('operation/invalid', message, { context: { node, port, ids, present } });
  }
  for (const [order, id] of ids.entries()) {
    const edge = copy.edges.get(id);
    if (edge && edge.order !== order) copy.setEdge(id, { ...edge, order });
  }
}

export function setEdgeView(copy: WorkingCopy, { id, view }: Of<'set-edge-view'>): void {
  const edge = copy.edges.get(id);
  if (!edge) throw new LoomError('graph/unknown-edge', `There is no edge "${id}".`, { context: { id } });
  const { view: _before, ...rest } = edge;
  copy.setEdge(id, view === null ? rest : { ...rest, view: accept(edgeView, view, `the view of edge "${id}"`) });
}

function takesSeveral(copy: WorkingCopy, library: Library, id: string, port: string): boolean {
  const type = nodeTypeOf({ types: copy.typesNow() }, library, needNode(copy, id));
  if (!type || type.implementation.kind === 'missing') return true;
  return type.inputs.find((input) => input.id === port)?.multiple ?? false;
}
