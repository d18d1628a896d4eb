import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { nodeTitle } from '../store/loom-store.js';
import { pastRun } from '../store/shown-results.js';
import { runWhat } from './run-what.js';

/** Above the canvas, while one looks at what an earlier run left: which one, and the way back. */
export function PastRunBanner(): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const kept = useLoom(pastRun);
  const startedAt = useLoom(({ runs }) => runs.history.find(({ id }) => id === kept?.id)?.startedAt);
  if (kept === undefined || startedAt === undefined) return null;
  const what = runWhat(kept.targets, messages, (node) => nodeTitle(kept, node));
  return (
    <section className="loom-banner" aria-label={messages.pastRunLabel}>
      <History size={14} aria-hidden="true" />
      <span role="status">{messages.pastRun(new Date(startedAt).toLocaleTimeString(), what)}</span>
      <button type="button" className="loom-button loom-button-outline" onClick={() => store.lookAtRun(undefined)}>
        {messages.pastRunBack}
      </button>
    </section>
  );
}
