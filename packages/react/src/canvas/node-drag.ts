import type { EdgeId, NodeId, Position } from '@loom/graph';
import type { EditorContextValue } from '../editor/context.js';
import { insertOnWire } from '../wires/insert-on-wire.js';
import { dropOperations, dropParents, moveContents } from '../zones/move.js';

/** Shows a drag in progress: what lies in a dragged container goes along, and the container that would take it lights up. */
export function dragNodes({ store, canvas }: EditorContextValue, moving: ReadonlyMap<NodeId, Position>): void {
  const { session, flow } = store.getState();
  const { nodes } = flow.document;
  const all = moveContents(nodes, { ...Object.fromEntries(session.drag ?? []), ...Object.fromEntries(moving) });
  const positions = { ...all, ...Object.fromEntries(moving) };
  const place = canvas.dropPlace();
  const into = place.containers.length === 0 ? [] : dropParents(nodes, Object.fromEntries(moving), place);
  const [taken] = [...into].find(([id, parent]) => parent !== undefined && parent !== nodes[id]?.parent) ?? [];
  store.setDrag(
    new Map(Object.entries(positions)),
    taken === undefined ? undefined : new Map(into).get(taken),
    wireFor({ store, canvas }, [...moving.keys()]),
  );
}

/** The wire under the pointer, when one node is dragged and goes in between its ends. */
function wireFor(
  { store, canvas }: Pick<EditorContextValue, 'store' | 'canvas'>,
  moving: readonly NodeId[],
): EdgeId | undefined {
  const [node] = moving;
  if (node === undefined || moving.length > 1) return undefined;
  const wire = canvas.wireAtPointer();
  if (wire === undefined) return undefined;
  const { flow, session } = store.getState();
  // Asked at each move: the answer for the wire that is lit already is known.
  return session.dropWire === wire || insertOnWire(flow, wire, node, (prefix) => `${prefix}?`) ? wire : undefined;
}

/** Ends a drag: one step in the history, however long it took. */
export function commitDrag({ store, canvas, commands }: EditorContextValue, positions: Record<NodeId, Position>): void {
  const { flow, session } = store.getState();
  if (session.drag === undefined) return;
  const { nodes } = flow.document;
  const known = Object.fromEntries(Object.entries(positions).filter(([id]) => Object.hasOwn(nodes, id)));
  const [only, ...others] = Object.keys(known);
  const inserted =
    session.dropWire !== undefined && only !== undefined && others.length === 0
      ? insertOnWire(flow, session.dropWire, only, store.createId)
      : undefined;
  const operations = [...dropOperations(nodes, known, canvas.dropPlace()), ...(inserted ?? [])];
  if (operations.length > 0) {
    const messages = commands.context.messages();
    const label = inserted ? messages.changeInsert : messages.changeMove(Object.keys(known).length);
    const result = store.dispatch(operations, { label });
    if (!result.ok) store.notify(result.error.message, 'warning');
  }
  store.setDrag(undefined);
}
