import type { EdgeId, NodeId, Operation, Position } from '@loom/graph';
import { roundPosition } from '../commands/add-node.js';
import type { EditorContextValue } from '../editor/context.js';
import { nodesIn } from '../frames/frame-contents.js';
import { boundsOf } from '../layout/box.js';
import { shifted, snapMove } from '../snap/snap.js';
import type { Selection } from '../store/selection.js';
import { insertOnWire } from '../wires/insert-on-wire.js';
import { withWirePoints } from '../wires/wire-points.js';
import { isHidden, withContents } from '../zones/containment.js';
import { carryContents, dropOperations, dropParents, moveContents } from '../zones/move.js';

type Nodes = ReadonlyMap<NodeId, Position>;

/** What moves as one. */
export type Movable = Pick<Selection, 'nodes' | 'frames'>;

/** What moves when a frame or note is dragged, or moved by keys: it alone, or all that is selected with it. */
export function movedWithFrame({ store }: Pick<EditorContextValue, 'store'>, id: string): Movable {
  const { selection } = store.getState().session;
  return selection.frames.has(id) ? selection : { nodes: new Set(), frames: new Set([id]) };
}

interface Move {
  readonly nodes: Nodes;
  readonly frames: ReadonlyMap<string, Position>;
}

/** Where everything comes to stand that moves so far: frames take along the nodes that lie on them. */
export function moveBy({ store, canvas }: EditorContextValue, { nodes, frames }: Movable, by: Position): Move {
  const { document } = store.getState().flow;
  const framed = [...frames].flatMap((id) => {
    const frame = document.frames[id];
    return frame === undefined ? [] : [{ id, frame }];
  });
  const { sizeOf } = canvas.dropPlace();
  const onFrames = framed.flatMap(({ frame }) => (frame.kind === 'note' ? [] : nodesIn(document.nodes, frame, sizeOf)));
  const moved = (at: Position) => ({ x: at.x + by.x, y: at.y + by.y });
  return {
    frames: new Map(framed.map(({ id, frame }) => [id, moved(frame.position)])),
    nodes: new Map(
      [...new Set([...nodes, ...onFrames])].flatMap((id) => {
        const node = document.nodes[id];
        return node === undefined ? [] : [[id, moved(node.position)] as const];
      }),
    ),
  };
}

/**
 * A drag of selected nodes with all that is selected: of a large flow the canvas library knows only the nodes around the
 * view. What a folded container hides goes with that alone.
 */
function withSelected({ store }: EditorContextValue, moving: Nodes): Nodes {
  const { flow, session } = store.getState();
  const { nodes } = flow.document;
  const selected = session.selection.nodes;
  const [[id, at] = []] = moving;
  const from = id === undefined ? undefined : nodes[id]?.position;
  if (id === undefined || at === undefined || from === undefined || !selected.has(id)) return moving;
  const by = { x: at.x - from.x, y: at.y - from.y };
  const all = new Map(moving);
  for (const each of selected) {
    const start = nodes[each]?.position;
    if (start !== undefined && !all.has(each) && !isHidden(nodes, each)) all.set(each, shifted(start, by));
  }
  return all;
}

/** What selected frames make of a drag of selected nodes. */
function withFrames(editor: EditorContextValue, moving: Nodes): Move {
  const { flow, session } = editor.store.getState();
  const [[id, at] = []] = moving;
  const from = id === undefined ? undefined : flow.document.nodes[id]?.position;
  const { frames, nodes } = session.selection;
  if (frames.size === 0 || id === undefined || at === undefined || from === undefined || !nodes.has(id)) {
    return { nodes: moving, frames: new Map() };
  }
  const along = moveBy(editor, { nodes: new Set(), frames }, { x: at.x - from.x, y: at.y - from.y });
  return { nodes: new Map([...along.nodes, ...moving]), frames: along.frames };
}

/** Shows nodes where a drag has brought them; selected frames go along with selected nodes. */
export function dragNodes(editor: EditorContextValue, reported: Nodes): void {
  const moving = withSelected(editor, reported);
  showMove(editor, withFrames(editor, moving), [...moving.keys()]);
}

/** Shows a move of nodes and frames: what lies in a container goes along, and what would take a node lights up. */
export function showMove(editor: EditorContextValue, wanted: Move, held: readonly NodeId[] = []): void {
  const { store, canvas } = editor;
  const { session, flow } = store.getState();
  const { nodes } = flow.document;
  const { move, guides } = snapped(editor, wanted);
  const { nodes: moving, frames } = move;
  const shown = new Map([...(session.drag ?? []), ...moving]);
  carryContents(nodes, moving, shown);
  if (frames.size > 0) {
    store.setDrag(shown, { frameDrag: frames, guides });
    return;
  }
  const place = canvas.dropPlace();
  const into = place.containers.length === 0 ? [] : dropParents(nodes, Object.fromEntries(moving), place);
  const [taken] = [...into].find(([id, parent]) => parent !== undefined && parent !== nodes[id]?.parent) ?? [];
  store.setDrag(shown, {
    dropInto: taken === undefined ? undefined : new Map(into).get(taken),
    dropWire: wireFor(editor, held),
    guides,
  });
}

/** A move, shifted to where it snaps. */
function snapped(editor: EditorContextValue, { nodes, frames }: Move) {
  const { document } = editor.store.getState().flow;
  const { sizeOf } = editor.canvas.dropPlace();
  const boxes = [
    ...[...nodes].map(([id, at]) => ({ ...at, ...sizeOf(id) })),
    ...[...frames].map(([id, at]) => ({ ...at, ...(document.frames[id]?.size ?? { width: 0, height: 0 }) })),
  ];
  const box = boundsOf(boxes);
  if (box === undefined) return { move: { nodes, frames }, guides: [] };
  const { by, guides } = snapMove(editor, box, withContents(document.nodes, nodes.keys()));
  const shift = <Id>(places: ReadonlyMap<Id, Position>) =>
    new Map([...places].map(([id, at]) => [id, shifted(at, by)]));
  return { move: { nodes: shift(nodes), frames: shift(frames) }, guides };
}

/** The wire under the pointer, when one node is dragged and goes in between its ends. */
function wireFor({ store, canvas }: EditorContextValue, moving: readonly NodeId[]): EdgeId | undefined {
  const [node] = moving;
  if (node === undefined || moving.length > 1) return undefined;
  const wire = canvas.wireAtPointer();
  if (wire === undefined) return undefined;
  const { flow, session } = store.getState();
  // Asked at each move: the answer for the wire that is lit already is known.
  return session.dropWire === wire || insertOnWire(flow, wire, node, (prefix) => `${prefix}?`) ? wire : undefined;
}

/** Ends a drag of nodes: one step in the history, however long it took. */
export function commitDrag(editor: EditorContextValue, positions: Record<NodeId, Position>): void {
  const { store, canvas, commands } = editor;
  const { flow, session } = store.getState();
  if (session.drag === undefined) return;
  const { nodes } = flow.document;
  // Where they are shown counts: they may have snapped there.
  const reported = new Map(Object.entries(positions).filter(([id]) => Object.hasOwn(nodes, id)));
  const known = new Map(
    [...withSelected(editor, reported)].map(([id, at]) => [id, roundPosition(session.drag?.get(id) ?? at)]),
  );
  if (session.frameDrag !== undefined) {
    commitMove(editor, withFrames(editor, known));
    return;
  }
  const [only, ...others] = known.keys();
  const inserted =
    session.dropWire !== undefined && only !== undefined && others.length === 0
      ? insertOnWire(flow, session.dropWire, only, store.createId)
      : undefined;
  const messages = commands.context.messages();
  const dropped = dropOperations(nodes, Object.fromEntries(known), canvas.dropPlace());
  finish(editor, [...dropped, ...(inserted ?? [])], inserted ? messages.changeInsert : messages.changeMove(known.size));
}

/** Ends a move of frames and nodes. They do not change the containers that they lie in. */
export function commitMove(editor: EditorContextValue, { nodes, frames }: Move): void {
  const { flow, session } = editor.store.getState();
  const { document } = flow;
  const messages = editor.commands.context.messages();
  const moved = Object.fromEntries([...nodes].map(([id, at]) => [id, roundPosition(session.drag?.get(id) ?? at)]));
  const operations: Operation[] = [];
  if (nodes.size > 0) operations.push({ kind: 'move-nodes', positions: moveContents(document.nodes, moved) });
  for (const [id, at] of frames) {
    const frame = document.frames[id];
    if (frame === undefined) continue;
    const position = roundPosition(session.frameDrag?.get(id) ?? at);
    operations.push({ kind: 'set-frame', id, frame: { ...frame, position } });
  }
  const { selection } = session;
  const isOne =
    frames.size === 1 && !(selection.nodes.size > 0 && [...frames.keys()].some((id) => selection.frames.has(id)));
  finish(editor, operations, isOne ? messages.frameMove : messages.changeMove(nodes.size + frames.size));
}

function finish({ store }: EditorContextValue, operations: readonly Operation[], label: string): void {
  if (operations.length > 0) {
    const result = store.dispatch(withWirePoints(store.getState().flow.document, operations), { label });
    if (!result.ok) store.notify(result.error.message, 'warning');
  }
  store.setDrag(undefined);
}
