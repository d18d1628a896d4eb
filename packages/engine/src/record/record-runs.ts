import { Feed } from '../engine/feed.js';
import type { Engine } from '../engine-api.js';
import type { EngineEvent } from '../event.js';
import type { RecordedRun } from './recorded-run.js';
import { RunRecording } from './run-recording.js';

/** Options of {@link recordRuns}. */
export interface RecordRunsOptions {
  /** How many runs are kept. @default 20 */
  readonly runs?: number;
  /** How many spans are kept of each run; one takes about 33 bytes. @default 100000 */
  readonly spans?: number;
  /** Hears faults of listeners. @default console.error */
  readonly onListenerError?: (error: unknown) => void;
}

/** What writes runs down. */
export interface RunRecorder {
  /** The runs that are kept, the newest last. The same list until something changes. */
  readonly runs: readonly RecordedRun[];
  /** Is called when runs have changed, once for each group of events. */
  subscribe(listener: (runs: readonly RecordedRun[]) => void): () => void;
  /** Records nothing more; what is recorded stays. Twice is fine. */
  stop(): void;
}

/**
 * Keeps the last runs of an engine for a timeline: how long each took, and from when to when each node ran in each iteration,
 * in bounded memory. It only listens, so it works with every engine; runs that had begun before are not recorded.
 *
 * @example
 * ```ts
 * const recorder = recordRuns(engine, { runs: 5 });
 * await engine.run(document).result;
 * for (const { node, start, end, state } of recorder.runs.at(-1)?.spans() ?? []) draw(node, start, end, state);
 * ```
 */
export function recordRuns(engine: Pick<Engine, 'subscribe'>, options: RecordRunsOptions = {}): RunRecorder {
  const { runs: maxRuns = 20, spans = 100_000, onListenerError = (error) => console.error(error) } = options;
  const feed = new Feed<'changed'>(onListenerError);
  /** By id, the oldest first. */
  const recordings = new Map<string, RunRecording>();
  let shown: readonly RecordedRun[] | undefined = [];

  const show = (): readonly RecordedRun[] => {
    shown ??= Array.from(recordings.values(), ({ view }) => view);
    return shown;
  };
  const makeRoom = (): void => {
    while (recordings.size > maxRuns) {
      // One that is over is complete; one that still runs would be torn.
      const all = [...recordings.values()];
      const oldest = all.find(({ isRunning }) => !isRunning) ?? all[0];
      if (oldest) recordings.delete(oldest.id);
    }
  };
  /** Tells whether the event is of a run that is kept. */
  const add = (event: EngineEvent): boolean => {
    if (!('runId' in event)) return false;
    const recording = recordings.get(event.runId);
    if (recording) recording.add(event);
    else if (event.kind === 'run-started') recordings.set(event.runId, new RunRecording(event, spans));
    else return false;
    makeRoom();
    return true;
  };
  const unsubscribe = engine.subscribe((events) => {
    let hasChanged = false;
    for (const event of events) if (add(event)) hasChanged = true;
    if (!hasChanged) return;
    shown = undefined;
    feed.emit('changed');
    feed.flush();
  });

  return {
    get runs() {
      return show();
    },
    subscribe: (listener) => feed.subscribe(() => listener(show())),
    stop: unsubscribe,
  };
}
