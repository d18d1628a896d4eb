import type { RecordedRun } from '@loom/engine';
import { Ban, CircleAlert, CircleCheck, Clock, LoaderCircle, type LucideIcon } from 'lucide-react';
import { type ReactNode, useCallback } from 'react';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { nodeTitle } from '../store/loom-store.js';
import type { LoomState } from '../store/state.js';
import { runWhat } from './run-what.js';

const ICONS: Readonly<Record<RecordedRun['status'], LucideIcon>> = {
  running: LoaderCircle,
  succeeded: CircleCheck,
  failed: CircleAlert,
  cancelled: Ban,
  'timed-out': Clock,
};

/** The last runs, the newest first: what each was for, when, and how long it took. */
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
  const what = useLoom(
    useCallback(
      ({ flow, runs }: LoomState) => {
        if (run.trigger !== undefined) return nodeTitle(flow, run.trigger.node);
        const kept = runs.kept.get(run.id);
        return kept === undefined ? '' : runWhat(kept.targets, messages, (node) => nodeTitle(kept, node));
      },
      [run, messages],
    ),
  );
  const time = new Date(run.startedAt).toLocaleTimeString();
  const duration = run.durationMs === undefined ? messages.runStatus('running') : messages.duration(run.durationMs);
  return (
    <button
      type="button"
      className="loom-run-choice"
      data-status={run.status}
      aria-pressed={shown}
      title={[messages.runStatus(run.status), time, what, duration].filter(Boolean).join(' · ')}
      onClick={() => onChoose(run.id)}
    >
      <Icon size={13} aria-hidden="true" />
      <span className="loom-hidden">{messages.runStatus(run.status)}</span>
      <span className="loom-run-time">{time}</span>
      <span className="loom-run-what">{what}</span>
      <span className="loom-run-duration">{duration}</span>
    </button>
  );
}
