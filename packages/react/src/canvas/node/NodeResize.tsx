import type { NodeId } from '@loom/graph';
import { NodeResizer } from '@xyflow/react';
import { memo, type ReactNode, useRef } from 'react';
import { useEditor } from '../../editor/context.js';
import { useLoom } from '../../hooks/useLoom.js';
import type { Box } from '../../layout/box.js';
import { HEADER_HEIGHT, MIN_WIDTH } from '../../layout/node-geometry.js';
import { useMessages } from '../../messages/messages.js';
import { snapResize } from '../../snap/snap.js';

/** Corners and edges that resize a node that is selected alone. The size lives in the session until the pointer lets go. */
export function NodeResize({ id }: { readonly id: NodeId }): ReactNode {
  // With others one moves, copies or deletes it; a thousand pasted nodes would have eight thousand grips.
  const isAlone = useLoom((state) => state.session.selection.nodes.size === 1);
  return isAlone ? <ResizeGrips id={id} /> : null;
}

const ResizeGrips = memo(function ResizeGrips({ id }: { readonly id: NodeId }): ReactNode {
  const editor = useEditor();
  const { store } = editor;
  const before = useRef<Box | undefined>(undefined);
  const messages = useMessages();
  const whole = ({ x, y, width, height }: Box) => ({
    position: { x: Math.round(x), y: Math.round(y) },
    size: { width: Math.round(width), height: Math.round(height) },
  });
  return (
    <NodeResizer
      minWidth={MIN_WIDTH}
      minHeight={HEADER_HEIGHT}
      lineClassName="loom-resize-line"
      handleClassName="loom-resize-corner"
      onResize={(_, box) => {
        const shown = snapResize(editor, box, before.current ?? box, id);
        store.setResize({ node: id, ...whole(shown.box) }, shown.snap.guides);
      }}
      onResizeStart={(_, box) => {
        before.current = box;
      }}
      onResizeEnd={(_, box) => {
        // What is shown counts: it may have snapped there.
        const { position, size } = store.getState().session.resize ?? whole(box);
        store.setResize(undefined);
        store.dispatch(
          [
            { kind: 'update-node', id, changes: { size } },
            { kind: 'move-nodes', positions: { [id]: position } },
          ],
          { label: messages.changeResize },
        );
      }}
    />
  );
});
