import type { NodeId } from '@loom/graph';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useShownRun } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { faultLine } from '../../run/fault-line.js';
import { useEditor } from '../context.js';

/** Why the node failed, with its traceback. */
export function ErrorSection({ id }: { readonly id: NodeId }): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const run = useShownRun(id);
  if (run?.status !== 'error') return null;
  const { error } = run;
  const frame = faultLine(error);
  return (
    <section className="loom-error" aria-label={messages.sectionError}>
      <p className="loom-error-message">
        <CircleAlert size={14} aria-hidden="true" />
        <span>{error.message}</span>
        {frame === undefined ? null : (
          <button
            type="button"
            className="loom-link"
            onClick={() =>
              store.showCode({
                node: id,
                line: frame.line,
                ...(frame.column === undefined ? {} : { column: frame.column }),
              })
            }
          >
            {messages.openCodeAt(frame.line)}
          </button>
        )}
      </p>
      {error.traceback === undefined ? null : <pre className="loom-traceback">{error.traceback}</pre>}
    </section>
  );
}
