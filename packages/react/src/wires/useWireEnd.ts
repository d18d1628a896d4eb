import type { EdgeId } from '@loom/graph';
import { useCallback } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { wireEndText } from '../ports/wire-end.js';
import type { LoomState } from '../store/state.js';

/** The name of what a wire begins or ends at, as it is now. Empty without a wire. */
export function useWireEnd(wire: EdgeId | undefined, side: 'source' | 'target'): string {
  const { models } = useEditor();
  const messages = useMessages();
  return useLoom(
    useCallback(
      ({ flow }: LoomState) =>
        wire === undefined ? '' : wireEndText(models(flow), flow.document.edges, messages, wire, side),
      [models, messages, wire, side],
    ),
  );
}
