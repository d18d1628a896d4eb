import type { NodeId } from '@loom/graph';
import { History, SkipForward } from 'lucide-react';
import type { ReactNode } from 'react';
import { useIsStale, useShownRun } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { useSkipReason } from '../../run/useSkipReason.js';
import { useEditor } from '../context.js';

/** What one has to know of the last run of a node apart from its error: why it was skipped, and that it is outdated. */
export function StateSection({ id }: { readonly id: NodeId }): ReactNode {
  const { store, canvas } = useEditor();
  const messages = useMessages();
  const run = useShownRun(id);
  const stale = useIsStale(id);
  const skipped = useSkipReason(id);
  const blamed = run?.status === 'skipped' && 'node' in run.reason ? run.reason.node : undefined;
  if (!stale && skipped === undefined) return null;
  return (
    <section className="loom-node-note">
      {skipped === undefined ? null : (
        <p>
          <SkipForward size={13} aria-hidden="true" />
          <span>
            {messages.nodeStatus('skipped')}: {skipped}
          </span>
          {blamed === undefined ? null : (
            <button
              type="button"
              className="loom-link"
              onClick={() => {
                store.select({ nodes: [blamed] });
                canvas.fitView([blamed]);
              }}
            >
              {messages.showOnCanvas}
            </button>
          )}
        </p>
      )}
      {stale ? (
        <p>
          <History size={13} aria-hidden="true" />
          <span>{messages.nodeStaleHelp}</span>
        </p>
      ) : null}
    </section>
  );
}
