import type { NodeId } from '@loom/graph';
import { ChevronLeft, ChevronRight, CircleAlert, X } from 'lucide-react';
import { memo, type ReactNode, useCallback } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { shownIndex, shownIterations } from '../run/shown-run.js';
import type { LoomState } from '../store/state.js';

/** Which iteration of a zone one looks at: what its body shows is then of that one alone. */
export const FrameChoice = memo(function FrameChoice({ zone }: { readonly zone: NodeId }): ReactNode {
  const { store } = useEditor();
  const messages = useMessages();
  const iterations = useLoom(useCallback((state: LoomState) => shownIterations(state, zone), [zone]));
  const chosen = useLoom(useCallback(({ session }: LoomState) => session.frames.get(zone), [zone]));
  if (iterations === undefined) return null;
  const { first, last, failed } = iterations;
  const shown = shownIndex(chosen, iterations);
  const choose = (index: number) => store.setFrame(zone, Math.min(last, Math.max(first, index)));
  const nextFailed =
    failed.find((index) => index > (chosen ?? -1) && index >= first) ?? failed.find((at) => at >= first);
  return (
    <div className="loom-frame-choice nodrag nokey" data-chosen={chosen !== undefined} title={messages.frameHelp}>
      {nextFailed === undefined ? null : (
        <button
          type="button"
          className="loom-frame-failed"
          aria-label={messages.frameFailed(failed.length)}
          title={messages.frameFailed(failed.length)}
          onClick={() => choose(nextFailed)}
        >
          <CircleAlert size={12} aria-hidden="true" />
          {failed.length}
        </button>
      )}
      <button
        type="button"
        aria-label={messages.framePrevious}
        disabled={chosen !== undefined && shown <= first}
        onClick={() => choose(chosen === undefined ? last : shown - 1)}
      >
        <ChevronLeft size={12} aria-hidden="true" />
      </button>
      <span className="loom-frame-number" aria-live="polite" data-failed={failed.includes(shown)}>
        {chosen === undefined ? messages.frameCount(last + 1) : messages.frameOf(shown + 1, last + 1)}
      </span>
      <button
        type="button"
        aria-label={messages.frameNext}
        disabled={chosen !== undefined && shown >= last}
        onClick={() => choose(chosen === undefined ? first : shown + 1)}
      >
        <ChevronRight size={12} aria-hidden="true" />
      </button>
      {chosen === undefined ? null : (
        <button
          type="button"
          aria-label={messages.frameAll}
          title={messages.frameAll}
          onClick={() => store.setFrame(zone, undefined)}
        >
          <X size={12} aria-hidden="true" />
        </button>
      )}
    </div>
  );
});
