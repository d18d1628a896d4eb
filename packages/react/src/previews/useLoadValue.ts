import type { ValueRef } from '@loom/engine';
import { useCallback } from 'react';
import { useLoomStore } from '../hooks/context.js';
import { useMessages } from '../messages/messages.js';
import type { LoadValue } from './renderer.js';

/** Asks the engine for a value itself. Rejects once it is gone. */
export function useLoadValue(ref: ValueRef | undefined): LoadValue {
  const store = useLoomStore();
  const messages = useMessages();
  return useCallback<LoadValue>(async () => {
    const engine = store.engine();
    if (engine === undefined || ref === undefined) throw new Error(messages.outputGone);
    return engine.read(ref);
  }, [store, ref, messages]);
}
