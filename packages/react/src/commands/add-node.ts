import {
  canConnect,
  type EdgeId,
  type FlowNode,
  type NodeId,
  nodePorts,
  type Operation,
  type Position,
  type TypeId,
} from '@loom/graph';
import { DEFAULT_WIDTH, HEADER_HEIGHT } from '../layout/node-geometry.js';
import { edgeTo, type QuickAddState } from '../store/session.js';
import { insertOnWire } from '../wires/insert-on-wire.js';
import type { CommandContext } from './command.js';

/** Opens the search that adds a node, at the pointer. */
export function openQuickAdd({ store, canvas }: CommandContext): void {
  store.setQuickAdd(canvas.place());
}

/** Adds a node of this type with its header at a place, in the zone that is there, selects it, and connects it when it comes from a loose wire, or is dropped on one. */
export function addNode(
  context: CommandContext,
  typeId: TypeId,
  at: Position,
  from?: QuickAddState['from'],
  wire?: EdgeId,
): NodeId | undefined {
  const { store, canvas, messages } = context;
  const { document, library } = store.getState().flow;
  const type = library.resolve(document, typeId);
  const id = store.createId('node');
  const parent = canvas.containerAt({ x: at.x + DEFAULT_WIDTH / 2, y: at.y + HEADER_HEIGHT / 2 });
  const node: FlowNode = {
    type: typeId,
    position: roundPosition(at),
    ...(parent !== undefined && { parent }),
    ...(type?.settings && { settings: type.settings }),
  };
  const add: Operation = { kind: 'add-node', id, node };
  const label = messages().changeAdd(type?.title ?? typeId);
  const withNode = { ...document, nodes: { ...document.nodes, [id]: node } };
  const wires =
    wire === undefined
      ? connectNew(context, id, node, from)
      : (insertOnWire({ document: withNode, library }, wire, id, store.createId) ?? []);
  const added = store.dispatch([add, ...wires], { label });
  if (!added.ok) {
    store.notify(added.error.message, 'warning');
    return undefined;
  }
  store.select({ nodes: [id] });
  return id;
}

/** Adds a type with a starter function to the flow, and a node of it. */
export function addPythonNode(context: CommandContext): void {
  const { store, canvas, messages } = context;
  const typeId = store.createId('type');
  const id = store.createId('node');
  const { at } = canvas.place();
  const parent = canvas.containerAt(at);
  const result = store.dispatch(
    [
      { kind: 'set-type', id: typeId, type: { kind: 'python', source: messages().starterPython } },
      {
        kind: 'add-node',
        id,
        node: { type: typeId, position: placeHeader(at), ...(parent !== undefined && { parent }) },
      },
    ],
    { label: messages().newPython },
  );
  if (!result.ok) {
    store.notify(result.error.message, 'warning');
    return;
  }
  store.select({ nodes: [id] });
  store.showCode({ node: id, line: 1 });
}

/** Positions are whole numbers: files stay short, and a node lies sharp on the pixels. */
export function roundPosition({ x, y }: Position): Position {
  return { x: Math.round(x), y: Math.round(y) };
}

/** The corner of a node whose header is under this point. */
export function placeHeader({ x, y }: Position): Position {
  return roundPosition({ x: x - DEFAULT_WIDTH / 2, y: y - HEADER_HEIGHT / 2 });
}

/** The first port of a new node that a loose wire fits on, as an operation. */
function connectNew({ store }: CommandContext, id: NodeId, node: FlowNode, from: QuickAddState['from']): Operation[] {
  if (from === undefined) return [];
  const { document, library } = store.getState().flow;
  const withNode = { ...document, nodes: { ...document.nodes, [id]: node } };
  const { inputs, outputs } = nodePorts(withNode, library, id);
  for (const port of from.side === 'source' ? inputs : outputs) {
    const edge = edgeTo(from, id, port.id);
    if (canConnect(withNode, library, edge).ok) {
      const edgeId: EdgeId = store.createId('edge');
      return [{ kind: 'connect', id: edgeId, edge }];
    }
  }
  return [];
}
