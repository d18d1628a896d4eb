import type { NodeId } from '@loom/graph';
import { useCallback } from 'react';
import { useEditor } from './context.js';

/** Selects a node and brings it into sight. */
export function useShowNode(): (node: NodeId) => void {
  const { store, canvas } = useEditor();
  return useCallback(
    (node) => {
      store.select({ nodes: [node] });
      canvas.fitView([node]);
    },
    [store, canvas],
  );
}
