import { useStore } from '@xyflow/react';
import { createContext, useContext } from 'react';

/** Below this zoom nobody can read a row: nodes are drawn without fields and ports, so that a thousand move well. */
export const FAR_ZOOM = 0.4;

/** Whether the canvas is seen from far. Renders only when that changes. For the canvas; what it draws asks {@link useFar}. */
export function useFarZoom(): boolean {
  return useStore((state) => state.transform[2] < FAR_ZOOM);
}

/** Told once to all that is drawn: a subscription of each of thousands would be asked at every move of the view. */
export const FarContext = createContext(false);

/** Whether this is seen from far. */
export function useFar(): boolean {
  return useContext(FarContext);
}
