import type { NodeId } from '@loom/graph';
import type { FrameStep, RunCounts, RunStatus, RunTrigger } from '../event.js';

/** The ways in which a span ends, and `running` for one that has not. `retried` is a try that failed and was not the last. */
export const SPAN_STATES = ['running', 'success', 'cached', 'error', 'skipped', 'cancelled', 'retried'] as const;

/** How a node or an iteration ended. */
export type SpanState = (typeof SPAN_STATES)[number];

/** From when to when a node ran, in one iteration; or the iteration itself. All times are milliseconds since the run began. */
export interface RecordedSpan {
  /** `frame`: an iteration of the container `node`; `frame` is then its own path. */
  readonly kind: 'node' | 'frame';
  readonly node: NodeId;
  /** The iteration that the node is in, outermost first; absent for nodes that are in none. */
  readonly frame?: readonly FrameStep[];
  readonly start: number;
  /** For a span that has not ended: when it was last heard of the run. */
  readonly end: number;
  readonly state: SpanState;
  /** How long before its start it was queued, where that was told. */
  readonly waitedMs?: number;
}

/** A time in which nothing started. Milliseconds since the run began. */
export interface RecordedPause {
  readonly start: number;
  /** Absent while it lasts. */
  readonly end?: number;
  readonly reason: 'asked' | 'breakpoint' | 'step';
  readonly node?: NodeId;
}

/** What is kept of a run. A changed run is another object. */
export interface RecordedRun {
  readonly id: string;
  readonly status: 'running' | RunStatus;
  /** Milliseconds of the engine's clock. */
  readonly startedAt: number;
  /** Absent while it runs. */
  readonly durationMs?: number;
  readonly counts?: RunCounts;
  /** The firing of a live flow that it was for. */
  readonly trigger?: RunTrigger;
  readonly pauses: readonly RecordedPause[];
  /** How many spans had to go to keep the record within its bound: those of the oldest iterations first. */
  readonly dropped: number;
  /** The spans that are kept by now, in the order in which they ended; those that still run come last. */
  spans(): Iterable<RecordedSpan>;
}

/**
 * A recorded run as plain JSON, for a file or a report: spans by columns, with indexes into `nodes`, `frames` and `states`.
 * An index of -1 means none. Times are milliseconds since the run began, to the microsecond.
 */
export interface RecordedRunJson {
  readonly id: string;
  readonly status: 'running' | RunStatus;
  readonly startedAt: number;
  readonly durationMs?: number;
  readonly counts?: RunCounts;
  readonly trigger?: RunTrigger;
  readonly pauses: readonly RecordedPause[];
  readonly dropped: number;
  readonly nodes: readonly NodeId[];
  /** Each iteration: the one that it is in, its container, and its index there. */
  readonly frames: readonly (readonly [parent: number, node: number, index: number])[];
  readonly states: readonly SpanState[];
  readonly spans: {
    /** 1 for an iteration itself. */
    readonly isFrame: readonly (0 | 1)[];
    readonly node: readonly number[];
    readonly frame: readonly number[];
    readonly start: readonly number[];
    readonly end: readonly number[];
    readonly state: readonly number[];
    readonly waitedMs: readonly (number | null)[];
  };
}

/**
 * Makes plain JSON of a recorded run.
 *
 * @example
 * ```ts
 * const recorder = recordRuns(engine);
 * await engine.run(document).result;
 * const text = JSON.stringify(recorder.runs.map(recordedRunJson));
 * ```
 */
export function recordedRunJson(run: RecordedRun): RecordedRunJson {
  const { spans, ...told } = run;
  const nodes = new Places<NodeId>();
  const frames = new Places<string>();
  const framesOut: (readonly [number, number, number])[] = [];
  const placeOfFrame = (path: readonly FrameStep[]): number => {
    let parent = -1;
    for (const { node, index } of path) {
      const step = [parent, nodes.of(node), index] as const;
      const place = frames.of(step.join(' '));
      if (place === framesOut.length) framesOut.push(step);
      parent = place;
    }
    return parent;
  };
  const all = [...run.spans()];
  const columns = {
    isFrame: all.map(({ kind }) => (kind === 'frame' ? 1 : 0)),
    node: all.map(({ node }) => nodes.of(node)),
    frame: all.map(({ frame }) => (frame ? placeOfFrame(frame) : -1)),
    start: all.map(({ start }) => toMicroseconds(start)),
    end: all.map(({ end }) => toMicroseconds(end)),
    state: all.map(({ state }) => SPAN_STATES.indexOf(state)),
    waitedMs: all.map(({ waitedMs }) => (waitedMs === undefined ? null : toMicroseconds(waitedMs))),
  };
  return { ...told, nodes: nodes.all, frames: framesOut, states: SPAN_STATES, spans: columns };
}

/** Gives each different thing a place in a list. */
class Places<Thing> {
  readonly all: Thing[] = [];
  readonly #places = new Map<Thing, number>();

  of(thing: Thing): number {
    const known = this.#places.get(thing);
    if (known !== undefined) return known;
    this.#places.set(thing, this.all.length);
    return this.all.push(thing) - 1;
  }
}

function toMicroseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
