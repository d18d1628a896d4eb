import type { ParameterAnswer } from '@loom/engine';
import type { Json, NodeId, PortId } from '@loom/graph';
import { useCallback, useRef, useState } from 'react';
import { useEditor } from '../editor/context.js';

/**
 * Hands each value of an input to its node while that runs. Never two at once: what is set meanwhile is handed over when
 * the node has answered, and of several only the last.
 */
export function useLiveParameter(
  id: NodeId,
  port: PortId,
): { readonly answer: ParameterAnswer | undefined; hand(value: Json): void } {
  const { store } = useEditor();
  const [answer, setAnswer] = useState<ParameterAnswer>();
  const waiting = useRef<{ readonly value: Json } | undefined>(undefined);
  const isBusy = useRef(false);
  const hand = useCallback(
    (value: Json) => {
      if (store.getState().runs.run.nodes.get(id)?.status !== 'running') return;
      waiting.current = { value };
      if (isBusy.current) return;
      isBusy.current = true;
      void (async () => {
        while (waiting.current !== undefined) {
          const next = waiting.current;
          waiting.current = undefined;
          setAnswer(await store.setParameter(id, port, next.value));
        }
      })().finally(() => {
        isBusy.current = false;
      });
    },
    [store, id, port],
  );
  return { answer, hand };
}
