import { type Engine, type EngineEvent, emptyRunState, type Run, type RunOptions, reduceRunEvents } from '@loom/engine';
import { type FlowDocument, LoomError, type NodeId } from '@loom/graph';
import type { Schedule } from './flush-schedule.js';
import { createFrameRecorder, noFrameRecords } from './frame-records.js';
import type { Freshness } from './freshness.js';
import { appendLog, emptyLog } from './log.js';
import { noStaleResults } from './stale-results.js';
import type { RunSlice } from './state.js';

/** What the run slice needs of the store around it. */
export interface RunHost {
  read(): RunSlice;
  write(next: RunSlice): void;
  document(): FlowDocument;
  titleOf(node: NodeId): string;
  schedule: Schedule;
  freshness: Pick<Freshness, 'started' | 'took'>;
  /** Told when a run rejects: a fault of the engine, not of a node. */
  onFault(error: unknown): void;
}

/** Everything that runs. */
export interface RunActions {
  /** Starts a run of the document as it is now. Throws `editor/no-engine` where there is nothing to run with. */
  run(options?: RunOptions): Run;
  /** Asks every run that this editor started to stop. */
  stop(): void;
  clearLog(): void;
  engine(): Engine | undefined;
  /** Runs that are under way in the engine before are stopped. */
  setEngine(engine: Engine | undefined): void;
  /** Listens to the engine until the returned function is called. May be called several times at once. */
  connect(): () => void;
  /** Takes in what has arrived, without waiting for the next frame. */
  flush(): void;
}

/** The start of a run slice. */
export function initialRunSlice(engine: Engine | undefined): RunSlice {
  return {
    run: emptyRunState,
    frames: noFrameRecords,
    log: emptyLog,
    stale: noStaleResults,
    restart: undefined,
    running: false,
    runnable: engine !== undefined,
  };
}

/** Makes the actions of the run slice. Only runs started here are shown: an engine may serve several editors. */
export function createRunActions(host: RunHost, initialEngine: Engine | undefined): RunActions {
  let engine = initialEngine;
  let connections = 0;
  let disconnectEngine: (() => void) | undefined;
  let queue: EngineEvent[] = [];
  let cancelFlush: (() => void) | undefined;
  // A run may speak before `engine.run` has returned its id: what is said meanwhile is kept until the id is known.
  let early: EngineEvent[] | undefined;
  const runs = new Map<string, Run>();
  const frames = createFrameRecorder();

  function flush(): void {
    cancelFlush?.();
    cancelFlush = undefined;
    if (queue.length === 0) return;
    const events = queue;
    queue = [];
    const before = host.read();
    const said = events.filter((event) => 'runId' in event);
    for (const event of said) if (event.kind === 'run-finished') runs.delete(event.runId);
    host.write({
      ...before,
      run: reduceRunEvents(before.run, events),
      frames: frames.take(said),
      log: appendLog(before.log, said, host.titleOf),
      restart: restartAfter(before.restart, events),
      running: runs.size > 0,
    });
    host.freshness.took(said);
  }

  function receive(events: readonly EngineEvent[]): void {
    for (const event of events) {
      if ('runId' in event && !runs.has(event.runId)) early?.push(event);
      else queue.push(event);
    }
    if (queue.length > 0) cancelFlush ??= host.schedule(flush);
  }

  function listen(): void {
    const from = engine;
    if (connections === 0 || from === undefined) return;
    // Of an engine that was replaced only the runs matter, until they have ended.
    disconnectEngine ??= from.subscribe((events) =>
      receive(from === engine ? events : events.filter((event) => 'runId' in event)),
    );
  }

  /** Ends the runs of an engine that is replaced, and listens to it until they have ended. */
  function leave(disconnect: (() => void) | undefined): void {
    const left = [...runs.values()];
    for (const run of left) run.cancel();
    void Promise.allSettled(left.map((run) => run.result)).then(disconnect);
  }

  return {
    run(options) {
      if (engine === undefined) {
        throw new LoomError('editor/no-engine', 'This editor has no engine. Give one to run the flow.');
      }
      early = [];
      let run: Run;
      try {
        run = engine.run(host.document(), options);
      } finally {
        early = early ?? [];
      }
      runs.set(run.id, run);
      host.freshness.started(run.id);
      const said = early;
      early = undefined;
      host.write({ ...host.read(), running: true });
      receive(said);
      // The stream may have been joined too late, or the listener be gone: the result is the last word.
      const ended = () => {
        flush();
        if (runs.delete(run.id)) host.write({ ...host.read(), running: runs.size > 0 });
      };
      run.result.then(ended, (error: unknown) => {
        ended();
        host.onFault(error);
      });
      return run;
    },
    stop() {
      for (const run of runs.values()) run.cancel();
    },
    clearLog: () => host.write({ ...host.read(), log: emptyLog }),
    engine: () => engine,
    setEngine(next) {
      if (next === engine) return;
      leave(disconnectEngine);
      disconnectEngine = undefined;
      engine = next;
      const before = host.read();
      host.write({
        ...before,
        run: { ...before.run, executors: {} },
        restart: undefined,
        runnable: next !== undefined,
      });
      listen();
    },
    connect() {
      connections += 1;
      listen();
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        connections -= 1;
        if (connections > 0) return;
        disconnectEngine?.();
        disconnectEngine = undefined;
        flush();
      };
    },
    flush,
  };
}

/** Remembers a restart until the runtime is back: its own status says only what it does at the moment. */
function restartAfter(before: RunSlice['restart'], events: readonly EngineEvent[]): RunSlice['restart'] {
  let restart = before;
  for (const event of events) {
    if (event.kind !== 'executor-status') continue;
    const { executor, status } = event;
    if (status.state === 'restarting') restart = { executor, reason: status.reason };
    else if (status.state !== 'starting' && restart?.executor === executor) restart = undefined;
  }
  return restart;
}
