import { useEffect } from 'react';
import { useEditor } from '../editor/context.js';
import { useLatest } from '../hooks/useLatest.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';

/** Says when a runtime had to be restarted, and why: it takes a while, and values are gone. */
export function useRestartNotice(): void {
  const { store } = useEditor();
  const messages = useLatest(useMessages());
  const restart = useLoom((state) => state.runs.restart);
  useEffect(() => {
    if (restart !== undefined) store.notify(messages.current.executorRestarted(restart.reason), 'warning');
  }, [store, messages, restart]);
}
