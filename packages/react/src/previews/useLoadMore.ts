import type { ValueRef } from '@loom/engine';
import { useCallback } from 'react';
import { useLoomStore } from '../hooks/context.js';
import { useMessages } from '../messages/messages.js';
import type { LoadMore } from './renderer.js';

/** Asks the engine for further parts of a value, such as the next rows of a table. Rejects once the value is gone. */
export function useLoadMore(ref: ValueRef | undefined): LoadMore {
  const store = useLoomStore();
  const messages = useMessages();
  return useCallback<LoadMore>(
    async (request) => {
      const engine = store.engine();
      if (engine === undefined || ref === undefined) throw new Error(messages.outputGone);
      return engine.preview(ref, request);
    },
    [store, ref, messages],
  );
}
