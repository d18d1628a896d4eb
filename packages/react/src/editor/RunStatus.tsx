import type { ExecutorStatus } from '@loom/engine';
import { type ReactNode, useContext } from 'react';
import { useLoomStore } from '../hooks/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { hasEvents } from '../run/has-events.js';
import { ProgressBar } from '../run/ProgressBar.js';
import { nodeTitle } from '../store/loom-store.js';
import type { LoomState } from '../store/state.js';
import { EditorContext } from './context.js';

/** What the runtimes are doing, while that is worth a word: the first one that is not simply ready. */
function busyExecutor(state: LoomState): ExecutorStatus | undefined {
  return Object.values(state.runs.run.executors).find(
    ({ state: life }) => life === 'starting' || life === 'restarting' || life === 'failed',
  );
}

/** What the flow requires, while an executor makes it ready. */
function busyEnvironment(state: LoomState) {
  for (const status of Object.values(state.runs.run.environments ?? {})) if ('detail' in status) return status;
  return undefined;
}

/** One line beside the run button: the start of the runtime, the progress of the run, or how the last one ended. */
export function RunStatus(): ReactNode {
  const messages = useMessages();
  const store = useLoomStore();
  const areEventsUnheard = useLoom(({ runs }) => runs.live === undefined && hasEvents({ store }));
  const executor = useLoom(busyExecutor);
  const environment = useLoom(busyEnvironment);
  const restart = useLoom((state) => state.runs.restart);
  const paused = useLoom((state) => state.runs.run.paused);
  const pausedTitle = useLoom((state) => (paused?.node === undefined ? '' : nodeTitle(state.flow, paused.node)));
  const running = useLoom((state) => state.runs.running);
  const status = useLoom((state) => state.runs.run.status);
  const settled = useLoom((state) => state.runs.run.settled);
  const total = useLoom((state) => state.runs.run.total);
  const durationMs = useLoom((state) => state.runs.run.durationMs);

  if (executor?.state === 'failed') {
    return <Line tone="error" text={messages.executorFailed(executor.error.message)} />;
  }
  if (executor?.state === 'restarting') {
    return <Line tone="busy" text={messages.executorRestarting(undefined)} help={executor.reason} bar />;
  }
  if (executor?.state === 'starting') {
    const text = restart === undefined ? executor.stage : messages.executorRestarting(executor.stage);
    return <Line tone="busy" text={text} help={restart?.reason} fraction={executor.fraction} bar />;
  }
  if (environment !== undefined) {
    const fraction = 'fraction' in environment ? environment.fraction : undefined;
    return <Line tone="busy" text={environment.detail} fraction={fraction} bar />;
  }
  if (running && paused !== undefined) {
    const where = paused.frame?.map(({ index }) => index + 1).join('.');
    const text =
      paused.node === undefined
        ? messages.runPaused
        : where === undefined
          ? messages.runPausedAt(pausedTitle)
          : messages.runPausedIn(pausedTitle, where);
    return (
      <Line
        tone="warning"
        text={text}
        help={paused.message}
        leadsTo={paused.node === undefined ? undefined : 'run.locate'}
      />
    );
  }
  if (running) {
    if (total === 0 || status !== 'running') return <Line tone="busy" text={messages.runBegins} bar />;
    const fraction = total === 0 ? undefined : settled / total;
    return <Line tone="busy" text={messages.runProgress(settled, total)} fraction={fraction} bar />;
  }
  if (status === 'idle' || status === 'running' || durationMs === undefined) return null;
  const text = messages.runFinished(status, messages.duration(durationMs));
  if (status === 'succeeded') {
    return areEventsUnheard ? (
      <Line tone="muted" text={messages.runWithoutEvents(text)} leadsTo="run.live" />
    ) : (
      <Line tone="success" text={text} />
    );
  }
  return status === 'cancelled' ? (
    <Line tone="muted" text={text} />
  ) : (
    <Line tone="error" text={text} leadsTo="run.locate" />
  );
}

interface LineProps {
  readonly tone: 'busy' | 'warning' | 'success' | 'error' | 'muted';
  readonly text: string;
  /** More about it, for the tooltip. */
  readonly help?: string | undefined;
  readonly bar?: boolean;
  readonly fraction?: number | undefined;
  /** What a click does: it shows the node that this is about, or what is missing begins. */
  readonly leadsTo?: 'run.locate' | 'run.live' | undefined;
}

function Line({ tone, text, help, bar = false, fraction, leadsTo }: LineProps): ReactNode {
  // An app shows this too, without an editor to lead to.
  const commands = useContext(EditorContext)?.commands;
  const title = [text, help, leadsTo && commands?.titleOf(leadsTo)].filter(Boolean).join('\n');
  return (
    <div className="loom-run-status" data-tone={tone}>
      {leadsTo && commands ? (
        <button type="button" className="loom-link loom-run-text" title={title} onClick={() => commands.run(leadsTo)}>
          {text}
        </button>
      ) : (
        <span className="loom-run-text" title={title}>
          {text}
        </span>
      )}
      {bar ? <ProgressBar label={text} fraction={fraction} /> : null}
    </div>
  );
}
