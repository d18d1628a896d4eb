import { useCallback } from 'react';
import { useEditor } from '../../editor/context.js';
import { useLoom } from '../../hooks/useLoom.js';
import type { LoomState } from '../../store/state.js';
import type { NodeModel } from './node-model.js';

/** The model of a node; undefined once it is gone. */
export function useNodeModel(id: string): NodeModel | undefined {
  const { models } = useEditor();
  return useLoom(useCallback((state: LoomState) => models(state.flow).get(id), [models, id]));
}
