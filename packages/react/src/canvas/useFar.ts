import { useStore } from '@xyflow/react';

/** Below this zoom nobody can read a row: nodes are drawn without fields and labels, so that a thousand of them move well. */
const FAR_ZOOM = 0.4;

/** Whether the canvas is seen from far. Renders only when that changes. */
export function useFar(): boolean {
  return useStore((state) => state.transform[2] < FAR_ZOOM);
}
