import type { EdgeId, NodeId, Position } from '@loom/graph';
import { type EdgeChange, type NodeChange, useStoreApi } from '@xyflow/react';
import { useMemo } from 'react';
import { roundPosition } from '../commands/add-node.js';
import { useEditor } from '../editor/context.js';
import { commitDrag, dragNodes } from './node-drag.js';

/**
 * Takes what the canvas library reports: selection goes to the session, and so does a drag until the pointer lets go.
 * Measured sizes are ignored, since ours are known.
 */
export function useCanvasChanges(): {
  onNodesChange(changes: NodeChange[]): void;
  onEdgesChange(changes: EdgeChange[]): void;
} {
  const editor = useEditor();
  const drawing = useStoreApi();
  return useMemo(() => {
    const { store } = editor;
    // The library knows of no frames: they stay selected only where something is added to them.
    const letGo = (selected: readonly (readonly [string, boolean])[]) => {
      const isNew = selected.some(([, isSelected]) => isSelected) && !drawing.getState().multiSelectionActive;
      return isNew ? [...store.getState().session.selection.frames].map((id) => [id, false] as const) : [];
    };
    return {
      onNodesChange(changes) {
        const selected: [NodeId, boolean][] = [];
        const moving = new Map<NodeId, Position>();
        const settled: Record<NodeId, Position> = {};
        let ended = false;
        // A click that opens a subgraph ends as a click on a node of the graph that was left.
        const isHere = (id: NodeId) => store.getState().flow.document.nodes[id] !== undefined;
        for (const change of changes) {
          if (change.type === 'select') {
            selected.push([change.id, change.selected && isHere(change.id)]);
          } else if (change.type === 'position') {
            if (change.dragging === true && change.position !== undefined) moving.set(change.id, change.position);
            else if (change.dragging === false) {
              ended = true;
              const last = change.position ?? store.getState().session.drag?.get(change.id);
              if (last !== undefined) settled[change.id] = roundPosition(last);
            }
          }
        }
        if (selected.length > 0) store.changeSelection(selected, [], letGo(selected));
        if (moving.size > 0) dragNodes(editor, moving);
        if (ended) commitDrag(editor, settled);
      },
      onEdgesChange(changes) {
        const selected = changes.flatMap((change): [EdgeId, boolean][] =>
          change.type === 'select' ? [[change.id, change.selected]] : [],
        );
        if (selected.length > 0) store.changeSelection([], selected, letGo(selected));
      },
    };
  }, [editor, drawing]);
}
