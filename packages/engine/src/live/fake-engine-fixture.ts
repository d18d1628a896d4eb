import { createLibrary, type FlowDocument, type Library } from '@loom/graph';
import type { Run, RunOptions, RunResult } from '../api.js';
import type { Engine } from '../engine-api.js';
import type { EngineEvent, RunStatus } from '../event.js';

const COUNTS = { success: 0, error: 0, skipped: 0, cancelled: 0, cached: 0 };

/** A run of a fake engine: it ends when the test says so, or when it is cancelled. */
export interface FakeRun extends Run {
  readonly document: FlowDocument;
  readonly options: RunOptions;
  readonly status: 'running' | 'cancelling' | RunStatus;
  finish(status?: RunStatus): void;
  /** As a fault of the engine itself. */
  breakDown(error: unknown): void;
}

/** An engine that runs nothing and writes down what it was asked. */
export interface FakeEngine extends Engine {
  readonly runs: readonly FakeRun[];
  /** Those that have not ended. */
  readonly running: readonly FakeRun[];
  /** What {@link Engine.run} throws from now on. */
  refusal: unknown;
  /** Whether cancelled runs end at once. @default true */
  endsAtOnce: boolean;
  tell(...events: readonly EngineEvent[]): void;
}

/** Makes a fake engine. */
export function fakeEngine(library: Library = createLibrary()): FakeEngine {
  const runs: FakeRun[] = [];
  const listeners = new Set<(events: readonly EngineEvent[]) => void>();
  const notHere = (): never => {
    throw new Error('A fake engine cannot do this.');
  };
  const fake: FakeEngine = {
    library,
    runs,
    get running() {
      return runs.filter(({ status }) => status === 'running' || status === 'cancelling');
    },
    refusal: undefined,
    endsAtOnce: true,
    tell: (...events) => {
      for (const listener of listeners) listener(events);
    },
    run: (document, options = {}) => {
      if (fake.refusal !== undefined) throw fake.refusal;
      const run = fakeRun(`run-${runs.length}`, document, options, () => fake.endsAtOnce);
      runs.push(run);
      return run;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    plan: notHere,
    explain: notHere,
    warmUp: notHere,
    preview: notHere,
    read: notHere,
    readPortable: notHere,
    call: notHere,
    goLive: notHere,
    dispose: async () => listeners.clear(),
  };
  return fake;
}

function fakeRun(id: string, document: FlowDocument, options: RunOptions, endsAtOnce: () => boolean): FakeRun {
  let status: FakeRun['status'] = 'running';
  let resolve: (result: RunResult) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const result = new Promise<RunResult>((...both) => {
    [resolve, reject] = both;
  });
  const finish = (ending: RunStatus = 'succeeded'): void => {
    if (status !== 'running' && status !== 'cancelling') return;
    status = ending;
    resolve({ runId: id, status, counts: COUNTS, durationMs: 0, outputs: {}, errors: [] });
  };
  return {
    id,
    document,
    options,
    plan: { order: [], nodes: new Map() },
    result,
    get status() {
      return status;
    },
    finish,
    breakDown: (error) => {
      status = 'failed';
      reject(error);
    },
    cancel: () => {
      if (status !== 'running') return;
      status = 'cancelling';
      if (endsAtOnce()) finish('cancelled');
    },
    subscribe: () => () => undefined,
    isPaused: false,
    waiting: [],
    pause: () => undefined,
    resume: () => undefined,
    step: () => false,
    runTo: () => undefined,
    inspect: () => undefined,
    answer: () => false,
    setParameter: async () => ({ status: 'no-handler' }),
  };
}
