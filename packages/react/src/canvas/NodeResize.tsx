import type { NodeId } from '@loom/graph';
import { NodeResizer } from '@xyflow/react';
import { memo, type ReactNode } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { HEADER_HEIGHT, MIN_WIDTH } from '../layout/node-geometry.js';
import { useMessages } from '../messages/messages.js';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Corners and edges that resize a node that is selected alone. The size lives in the session until the pointer lets go. */
export function NodeResize({ id }: { readonly id: NodeId }): ReactNode {
  // With others one moves, copies or deletes it; a thousand pasted nodes would have eight thousand grips.
  const isAlone = useLoom((state) => state.session.selection.nodes.size === 1);
  return isAlone ? <ResizeGrips id={id} /> : null;
}

const ResizeGrips = memo(function ResizeGrips({ id }: { readonly id: NodeId }): ReactNode {
  const { store } = useEditor();
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
      onResize={(_, box) => store.setResize({ node: id, ...whole(box) })}
      onResizeEnd={(_, box) => {
        const { position, size } = whole(box);
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
