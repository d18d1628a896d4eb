import {
  applyOperations,
  type EdgeId,
  type FlowEdge,
  type FlowNode,
  type NodeId,
  type Operation,
  type Position,
} from '@loom/graph';
import { roundPosition } from '../commands/add-node.js';
import type { CommandContext } from '../commands/command.js';
import { allTypes } from '../editor/types-of-flow.js';
import type { RefusedWire } from '../store/session.js';
import type { DocumentState } from '../store/state.js';
import { type Converter, converters } from './converters.js';

/**
 * Offers the nodes that would make a refused wire fit, where it ended or between its nodes; says why it was refused where
 * there are none.
 */
export function offerConverters(
  { store, canvas, messages }: CommandContext,
  refused: RefusedWire,
  point?: { readonly x: number; readonly y: number },
): void {
  const { flow } = store.getState();
  const known = converters(flow, refused.edge, allTypes(flow, messages().shelfOfFlow));
  if (known.length === 0) store.notify(refused.reason, 'warning');
  else store.setQuickAdd({ ...(point === undefined ? canvas.place() : canvas.placeOf(point)), refused });
}

/** Puts a converter in between the ends of a wire that did not fit, as one step. */
export function insertConverter(
  { store, messages }: CommandContext,
  { edge, replacing }: RefusedWire,
  converter: Converter,
): NodeId | undefined {
  const { flow } = store.getState();
  const id = store.createId('node');
  const operations = converterOperations(flow, edge, converter, id, store.createId, replacing);
  if (operations === undefined) {
    store.notify(messages().converterUnfit(converter.type.title), 'warning');
    return undefined;
  }
  const result = store.dispatch(operations, { label: messages().changeConverter(converter.type.title) });
  if (!result.ok) {
    store.notify(result.error.message, 'warning');
    return undefined;
  }
  store.select({ nodes: [id] });
  return id;
}

function converterOperations(
  { document, library }: Pick<DocumentState, 'document' | 'library'>,
  edge: FlowEdge,
  { type, input, output }: Converter,
  id: NodeId,
  createId: (prefix: string) => string,
  replacing: EdgeId | undefined,
): readonly Operation[] | undefined {
  const source = document.nodes[edge.source];
  const target = document.nodes[edge.target];
  if (source === undefined || target === undefined) return undefined;
  const node: FlowNode = {
    type: type.id,
    position: between(source.position, target.position),
    ...(type.settings && { settings: type.settings }),
  };
  // In the zone of one of its ends, or in that end where it is a zone: where both wires are allowed.
  for (const parent of new Set([target.parent, source.parent, edge.source, edge.target, undefined])) {
    const operations: Operation[] = [
      ...(replacing === undefined ? [] : [{ kind: 'disconnect', ids: [replacing] } as const]),
      { kind: 'add-node', id, node: { ...node, ...(parent !== undefined && { parent }) } },
      {
        kind: 'connect',
        id: createId('edge'),
        edge: { source: edge.source, sourcePort: edge.sourcePort, target: id, targetPort: input },
      },
      { kind: 'connect', id: createId('edge'), edge: { ...edge, source: id, sourcePort: output } },
    ];
    if (applyOperations(document, operations, { library }).ok) return operations;
  }
  return undefined;
}

/** Below the middle, so that it lies on neither of two nodes that stand close together. */
function between(a: Position, b: Position): Position {
  return roundPosition({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 + 48 });
}
