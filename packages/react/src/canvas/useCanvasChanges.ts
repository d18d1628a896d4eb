import type { EdgeId, NodeId, Position } from '@loom/graph';
import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useMemo } from 'react';
import { roundPosition } from '../commands/add-node.js';
import { type EditorContextValue, useEditor } from '../editor/context.js';
import { insertOnWire } from '../wires/insert-on-wire.js';
import { dropOperations, dropParents, moveContents } from '../zones/move.js';

/**
 * Takes what the canvas library reports: selection goes to the session, and so does a drag until the pointer lets go.
 * Measured sizes are ignored, since ours are known.
 */
export function useCanvasChanges(): {
  onNodesChange(changes: NodeChange[]): void;
  onEdgesChange(changes: EdgeChange[]): void;
} {
  const editor = useEditor();
  return useMemo(() => {
    const { store } = editor;
    return {
      onNodesChange(changes) {
        const selected: [NodeId, boolean][] = [];
        const moving = new Map<NodeId, Position>();
        const settled: Record<NodeId, Position> = {};
        let ended = false;
        for (const change of changes) {
          if (change.type === 'select') {
            selected.push([change.id, change.selected]);
          } else if (change.type === 'position') {
            if (change.dragging === true && change.position !== undefined) moving.set(change.id, change.position);
            else if (change.dragging === false) {
              ended = true;
              const last = change.position ?? store.getState().session.drag?.get(change.id);
              if (last !== undefined) settled[change.id] = roundPosition(last);
            }
          }
        }
        if (selected.length > 0) store.changeSelection(selected, []);
        if (moving.size > 0) drag(editor, moving);
        if (ended) commitDrag(editor, settled);
      },
      onEdgesChange(changes) {
        const selected = changes.flatMap((change): [EdgeId, boolean][] =>
          change.type === 'select' ? [[change.id, change.selected]] : [],
        );
        if (selected.length > 0) store.changeSelection([], selected);
      },
    };
  }, [editor]);
}

/** Shows a drag in progress: what lies in a dragged container goes along, and the container that would take it lights up. */
function drag({ store, canvas }: EditorContextValue, moving: ReadonlyMap<NodeId, Position>): void {
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
function commitDrag({ store, canvas, commands }: EditorContextValue, positions: Record<NodeId, Position>): void {
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
