import type { NodeId, NodeSettings } from '@loom/graph';
import { CornerUpRight, type LucideIcon, Pin, VolumeX } from 'lucide-react';
import { memo, type ReactNode, useCallback } from 'react';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import type { LoomState } from '../../store/state.js';

/** Props of {@link NodeMarks}. */
export interface NodeMarksProps {
  readonly id: NodeId;
  readonly settings: NodeSettings | undefined;
}

/** What makes a node run otherwise than its type says: a breakpoint in the gutter, and marks beside the title. */
export const NodeMarks = memo(function NodeMarks({ id, settings }: NodeMarksProps): ReactNode {
  const messages = useMessages();
  const isHeld = useLoom(useCallback(({ runs }: LoomState) => runs.run.paused?.node === id, [id]));
  if (settings === undefined && !isHeld) return null;
  const { mode, pinned, breakpoint } = settings ?? {};
  const stops = breakpoint === true || typeof breakpoint === 'string';
  const stop = isHeld
    ? messages.markHeld
    : typeof breakpoint === 'string'
      ? messages.markCondition(breakpoint)
      : messages.markBreakpoint;
  return (
    <>
      {stops || isHeld ? (
        <span
          className="loom-node-breakpoint"
          data-held={isHeld}
          data-set={stops}
          data-conditional={typeof breakpoint === 'string'}
          role="img"
          aria-label={stop}
          title={stop}
        />
      ) : null}
      {mode === 'muted' ? <Mark icon={VolumeX} name="muted" text={messages.markMuted} /> : null}
      {mode === 'bypassed' ? <Mark icon={CornerUpRight} name="bypassed" text={messages.markBypassed} /> : null}
      {pinned === undefined ? null : <Mark icon={Pin} name="pinned" text={messages.markPinned} />}
    </>
  );
});

interface MarkProps {
  readonly icon: LucideIcon;
  readonly name: string;
  readonly text: string;
}

function Mark({ icon: Icon, name, text }: MarkProps): ReactNode {
  return (
    <span className="loom-node-mark" data-mark={name} role="img" aria-label={text} title={text}>
      <Icon size={12} aria-hidden="true" />
    </span>
  );
}
