import type { RecordedRun } from '@loom/engine';
import { Ban, CircleAlert, CircleCheck, Clock, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { nodeTitle } from '../store/loom-store.js';

const ICONS: Readonly<Record<RecordedRun['status'], LucideIcon>> = {
  running: LoaderCircle,
  succeeded: CircleCheck,
  failed: CircleAlert,
  cancelled: Ban,
  'timed-out': Clock,
};

/** The last runs, the newest first. */
export function RunList({
  runs,
  shown,
  onChoose,
}: {
  readonly runs: readonly RecordedRun[];
  readonly shown: string;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const messages = useMessages();
  return (
    <ul className="loom-run-list" aria-label={messages.runHistory}>
      {runs.toReversed().map((run) => (
        <li key={run.id}>
          <RunChoice run={run} shown={run.id === shown} onChoose={onChoose} />
        </li>
      ))}
    </ul>
  );
}

function RunChoice({
  run,
  shown,
  onChoose,
}: {
  readonly run: RecordedRun;
  readonly shown: boolean;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const messages = useMessages();
  const Icon = ICONS[run.status];
  const trigger = useLoom((state) => (run.trigger === undefined ? undefined : nodeTitle(state.flow, run.trigger.node)));
  const time = new Date(run.startedAt).toLocaleTimeString();
  return (
    <button
      type="button"
      className="loom-run-choice"
      data-status={run.status}
      aria-pressed={shown}
      onClick={() => onChoose(run.id)}
    >
      <Icon size={13} aria-hidden="true" />
      <span className="loom-hidden">{messages.runStatus(run.status)}</span>
      <span>{time}</span>
      {trigger === undefined ? null : <span className="loom-run-trigger">{trigger}</span>}
      <span className="loom-run-duration">
        {run.durationMs === undefined ? messages.runStatus('running') : messages.duration(run.durationMs)}
      </span>
    </button>
  );
}
