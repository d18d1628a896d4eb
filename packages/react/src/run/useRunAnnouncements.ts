import { useEffect } from 'react';
import { useEditor } from '../editor/context.js';
import { useLatest } from '../hooks/useLatest.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';

/** Between two announcements of progress, in milliseconds: a screen reader must get to the end of the one before. */
const PROGRESS_MS = 5000;

/** Tells those who do not see it how a run goes on, now and then, and how it ended. */
export function useRunAnnouncements(): void {
  const { store } = useEditor();
  const messages = useLatest(useMessages());
  const running = useLoom((state) => state.runs.running);
  useEffect(() => {
    if (!running) return undefined;
    let told = -1;
    const timer = setInterval(() => {
      const { settled, total } = store.getState().runs.run;
      if (settled === told || total === 0) return;
      told = settled;
      store.announce(messages.current.announceRunProgress(settled, total));
    }, PROGRESS_MS);
    return () => {
      clearInterval(timer);
      const { status, durationMs, nodes } = store.getState().runs.run;
      if (status === 'idle' || status === 'running' || durationMs === undefined) return;
      const failed = [...nodes.values()].filter((node) => node.status === 'error').length;
      const ended = messages.current.runFinished(status, messages.current.duration(durationMs));
      store.announce(messages.current.announceRunEnded(ended, failed));
    };
  }, [running, store, messages]);
}
