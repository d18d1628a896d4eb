import {
  type Engine,
  type EngineEvent,
  emptyRunState,
  type FrameStep,
  type InspectTarget,
  type LiveOptions,
  type OutputSummary,
  type ParameterAnswer,
  type Run,
  type RunEvent,
  type RunOptions,
  recordRuns,
  reduceRunEvents,
} from '@loom/engine';
import { type FlowDocument, type Json, type Library, LoomError, type NodeId } from '@loom/graph';
import { entryValues } from './entry-values.js';
import type { Schedule } from './flush-schedule.js';
import { createFrameRecorder, noFrameRecords } from './frame-records.js';
import type { Freshness } from './freshness.js';
import { appendLog, emptyLog } from './log.js';
import { noRecalledResults } from './recalled-results.js';
import { restartAfter } from './restart.js';
import { createRunArchive, noKeptRuns } from './run-archive.js';
import { createRunControl } from './run-control.js';
import { noStaleResults } from './stale-results.js';
import type { RunSlice } from './state.js';

/** What the run slice needs of the store around it. */
export interface RunHost {
  read(): RunSlice;
  write(next: RunSlice): void;
  document(): FlowDocument;
  library(): Library;
  titleOf(node: NodeId): string;
  schedule: Schedule;
  freshness: Pick<Freshness, 'started' | 'took'>;
  /** A run was started: what one looked at of earlier ones is over. */
  onStart(): void;
  /** Told when a run rejects: a fault of the engine, not of a node. */
  onFault(error: unknown): void;
}

/** Everything that runs. */
export interface RunActions {
  /** Starts a run of the document as it is now. Throws `editor/no-engine` where there is nothing to run with. */
  run(options?: RunOptions): Run;
  /** Asks every run that this editor started to stop. */
  stop(): void;
  /** Lets what runs go on to its end, and starts nothing more until {@link RunActions.resume}. */
  pause(): void;
  resume(): void;
  /** Lets the paused run start one node. False when none waits. */
  step(): boolean;
  /** Lets the paused run go on until this node is about to start. */
  runTo(node: NodeId): void;
  /** Answers what a running node has asked; null ends its input. False when it does not wait for that any more. */
  answer(runId: string, ...answer: Parameters<Run['answer']>): boolean;
  /** Hands a value to a running node, which may take it or not; see `Run.setParameter`. */
  setParameter(node: NodeId, name: string, value: Json): Promise<ParameterAnswer>;
  /** What is on a wire or at an output of the newest run; see `Run.inspect`. */
  inspect(target: InspectTarget, frame?: readonly FrameStep[]): OutputSummary | undefined;
  /** Lets the event nodes listen. Does nothing while they do. */
  goLive(options?: LiveOptions): void;
  /** Resolves when nothing of the live flow goes on any more. */
  stopLive(): Promise<void>;
  /** Fires host events of this name while the flow is live; gives how many nodes it reached. */
  emit(name: string, payload?: Json): number;
  clearLog(): void;
  engine(): Engine | undefined;
  /** Runs that are under way in the engine before are stopped. */
  setEngine(engine: Engine | undefined): void;
  /** Listens to the engine until the returned function is called. May be called several times at once. */
  connect(): () => void;
  /** Takes in what has arrived, without waiting for the next frame. */
  flush(): void;
}

/** What the store tells its run slice. */
export interface RunFollower {
  /** The document is another one by now: a flow that runs by itself goes on with it. */
  follow(document: FlowDocument, isReplaced: boolean): void;
}

/** Of each of the last 20 runs: with about 33 bytes a span they take 13 MB at most. */
const RECORDED_SPANS = 20_000;

/** So many events of runs that are not known yet are kept. Others may use the engine, too. */
const MAX_STRANGERS = 1000;

/** The start of a run slice. */
export function initialRunSlice(engine: Engine | undefined): RunSlice {
  return {
    run: emptyRunState,
    frames: noFrameRecords,
    asking: [],
    history: [],
    log: emptyLog,
    kept: noKeptRuns,
    stale: noStaleResults,
    recalled: noRecalledResults,
    restart: undefined,
    live: undefined,
    running: false,
    runnable: engine !== undefined,
  };
}

/** Makes the actions of the run slice. Only runs started here are shown: an engine may serve several editors. */
export function createRunActions(host: RunHost, initialEngine: Engine | undefined): RunActions & RunFollower {
  let engine = initialEngine;
  let connections = 0;
  let disconnectEngine: (() => void) | undefined;
  let queue: EngineEvent[] = [];
  let cancelFlush: (() => void) | undefined;
  // A run may speak before its id is known here: what was said last by strangers is kept until then.
  let strangers: RunEvent[] = [];
  const runs = new Map<string, Run>();
  let newest: Run | undefined;
  const frames = createFrameRecorder();
  const archive = createRunArchive();
  // Only runs of this editor are recorded: what it is told is what was taken in here.
  let record: (events: readonly RunEvent[]) => void = () => undefined;
  const recorder = recordRuns(
    {
      subscribe(listener) {
        record = listener;
        return () => undefined;
      },
    },
    { spans: RECORDED_SPANS },
  );
  const control = createRunControl({
    engine: () => engine,
    document: host.document,
    start,
    adopt: (run) => adopt(run),
    writeLive: (live) => host.write({ ...host.read(), live }),
    onFault: host.onFault,
  });

  function flush(): void {
    cancelFlush?.();
    cancelFlush = undefined;
    if (queue.length === 0) return;
    const events = queue;
    queue = [];
    const before = host.read();
    const said = events.filter((event) => 'runId' in event);
    record(said);
    const run = reduceRunEvents(before.run, events);
    const iterations = frames.take(said);
    for (const { kind, runId } of said) {
      if (kind !== 'run-finished') continue;
      const [ended, flow] = [runs.get(runId), archive.documentOf(runId)];
      if (ended && flow) frames.enter(runId, (records) => entryValues(flow, records, ended));
      runs.delete(runId);
    }
    host.write({
      ...before,
      run,
      kept: archive.take(said, run.nodes, frames.keep),
      frames: iterations,
      history: recorder.runs,
      log: appendLog(before.log, events, host.titleOf),
      asking: askingAfter(before.asking, said),
      restart: restartAfter(before.restart, events),
      running: runs.size > 0,
    });
    host.freshness.took(said);
  }

  function receive(events: readonly EngineEvent[]): void {
    for (const event of events) {
      if ('runId' in event && !runs.has(event.runId)) strangers.push(event);
      else queue.push(event);
    }
    if (strangers.length > MAX_STRANGERS) strangers = strangers.slice(-MAX_STRANGERS);
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

  function start(document: FlowDocument, options?: RunOptions): Run {
    if (engine === undefined) {
      throw new LoomError('editor/no-engine', 'This editor has no engine. Give one to run the flow.');
    }
    const run = engine.run(document, options);
    adopt(run, document, options);
    host.onStart();
    return run;
  }

  /** Shows a run from now on, whoever began it. */
  function adopt(run: Run, document = host.document(), { targets }: RunOptions = {}): void {
    runs.set(run.id, run);
    newest = run;
    host.freshness.started(run.id);
    archive.begin({ id: run.id, document, library: host.library(), targets, before: host.read().run.nodes });
    const said = strangers.filter(({ runId }) => runId === run.id);
    strangers = [];
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
  }

  return {
    run: (options) => start(host.document(), options),
    stop() {
      for (const run of runs.values()) run.cancel();
    },
    pause() {
      for (const run of runs.values()) run.pause();
    },
    resume() {
      for (const run of runs.values()) run.resume();
    },
    step: () => runs.get(newest?.id ?? '')?.step() ?? false,
    runTo(node) {
      runs.get(newest?.id ?? '')?.runTo(node);
    },
    answer: (runId, ...answer) => runs.get(runId)?.answer(...answer) ?? false,
    async setParameter(node, name, value) {
      const run = runs.get(host.read().run.nodes.get(node)?.runId ?? '');
      return (await run?.setParameter(node, name, value)) ?? { status: 'no-handler' };
    },
    inspect: (target, frame) => newest?.inspect(target, frame),
    goLive: (options) => control.goLive(options),
    stopLive: () => control.stopLive(),
    emit: (name, payload) => control.emit(name, payload),
    follow: (document, isReplaced) => control.follow(document, isReplaced),
    clearLog: () => host.write({ ...host.read(), log: emptyLog }),
    engine: () => engine,
    setEngine(next) {
      if (next === engine) return;
      control.leave();
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
      control.follow(host.document(), false);
    },
    connect() {
      connections += 1;
      listen();
      control.follow(host.document(), false);
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        connections -= 1;
        if (connections > 0) return;
        disconnectEngine?.();
        disconnectEngine = undefined;
        control.leave();
        flush();
      };
    },
    flush,
  };
}

/** Notes who asks; the question itself is in the state of the node. */
function askingAfter(before: readonly NodeId[], events: readonly RunEvent[]): readonly NodeId[] {
  let asking = before;
  for (const event of events) {
    if (event.kind === 'node-asked' && !asking.includes(event.node)) asking = [...asking, event.node];
    else if (event.kind === 'run-finished' && asking.length > 0) asking = [];
  }
  return asking;
}
