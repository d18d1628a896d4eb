import { useEffect } from 'react';
import { useEditor } from '../editor/context.js';
import { useLatest } from '../hooks/useLatest.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import type { LoomStore } from '../store/loom-store.js';

/**
 * Says in full when a runtime had to be restarted, could not be started, or has not what the flow requires: the toolbar has
 * no room for it. A failure is taken back when it is tried again.
 */
export function useRuntimeNotices(): void {
  const { store } = useEditor();
  const messages = useLatest(useMessages());
  const restart = useLoom((state) => state.runs.restart);
  const failure = useLoom(({ runs }) => {
    const failed = Object.values(runs.run.executors).find(({ state }) => state === 'failed');
    return failed?.state === 'failed' ? failed.error.message : undefined;
  });

  const unready = useLoom(({ runs }) => {
    const failed = Object.values(runs.run.environments ?? {}).find(({ state }) => state === 'failed');
    return failed?.state === 'failed' ? failed.error.message : undefined;
  });

  useEffect(() => {
    if (restart !== undefined) store.notify(messages.current.executorRestarted(restart.reason), 'warning');
  }, [store, messages, restart]);

  useEffect(() => {
    if (failure === undefined) return undefined;
    return tell(store, messages.current.executorFailed(failure));
  }, [store, messages, failure]);

  useEffect(() => {
    if (unready === undefined) return undefined;
    return tell(store, messages.current.environmentFailed(unready));
  }, [store, messages, unready]);
}

/** Shows an error until the result is called. */
function tell(store: LoomStore, text: string): () => void {
  store.notify(text, 'error');
  return () => dismissText(store, text);
}

function dismissText(store: LoomStore, text: string): void {
  const notice = store.getState().session.notices.find((each) => each.text === text);
  if (notice !== undefined) store.dismissNotice(notice.id);
}
