import type { LiveState, RecordedRun, RunState } from '@loom/engine';
import type { FlowDocument, History, Library, NodeId } from '@loom/graph';
import type { FrameRecords } from './frame-records.js';
import type { Log } from './log.js';
import type { RecalledResults } from './recalled-results.js';
import type { KeptRuns } from './run-archive.js';
import type { SessionState } from './session.js';
import type { StaleResults } from './stale-results.js';

/** The flow and its past. Nothing here knows of selection or of runs. */
export interface DocumentState {
  readonly document: FlowDocument;
  readonly history: History;
  readonly library: Library;
  readonly readOnly: boolean;
}

/** What is known of runs. Undo and redo never touch it. */
export interface RunSlice {
  /** The engine's projection: state, times, outputs and error of each node, and the executors' lives. */
  readonly run: RunState;
  /** What nodes did in each iteration of the zones around them, as far as it is kept. */
  readonly frames: FrameRecords;
  /** Nodes that have asked something which may not be answered yet. */
  readonly asking: readonly NodeId[];
  /** The last runs, the newest last, with the time of each node in each iteration. */
  readonly history: readonly RecordedRun[];
  readonly log: Log;
  /** What can be looked at again of the last runs, by id. */
  readonly kept: KeptRuns;
  /** Results that the flow would not give any more, by node; see `useIsStale`. */
  readonly stale: StaleResults;
  /** Results of earlier runs that the flow gives again, and that stand in for stale ones. */
  readonly recalled: RecalledResults;
  /** Why a runtime that is coming back had to be restarted; undefined while none is. */
  readonly restart: { readonly executor: string; readonly reason: string } | undefined;
  /** The live flow, while event nodes listen. */
  readonly live: LiveState | undefined;
  /** True while a run of this editor is under way. */
  readonly running: boolean;
  /** False when no engine was given: there is nothing to run with. */
  readonly runnable: boolean;
}

/** The whole state of one editor, in three parts that share no object. Select the smallest part that you need. */
export interface LoomState {
  readonly flow: DocumentState;
  readonly session: SessionState;
  readonly runs: RunSlice;
}
