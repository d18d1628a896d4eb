import type { NodeRunState, RunEvent, RunTargets } from '@loom/engine';
import type { FlowDocument, Library, NodeId } from '@loom/graph';
import type { FrameRecords, KeptFrames } from './frame-records.js';

/** What is kept of a run beside its times: the flow that it ran, and what every node showed before and after it. */
export interface KeptRun {
  readonly id: string;
  readonly document: FlowDocument;
  readonly library: Library;
  /** What was asked for; undefined for all of the flow. */
  readonly targets: RunTargets | undefined;
  readonly before: ReadonlyMap<NodeId, NodeRunState>;
  /** Undefined while the run goes on. */
  readonly nodes: ReadonlyMap<NodeId, NodeRunState> | undefined;
  /** The iterations that were known when it ended; undefined when there were none, or no room for them any more. */
  readonly frames: FrameRecords | undefined;
}

/** The last runs by id, the oldest first. */
export type KeptRuns = ReadonlyMap<string, KeptRun>;

export const noKeptRuns: KeptRuns = new Map();

/** So many of the last runs can be looked at again. */
export const MAX_KEPT_RUNS = 20;
/**
 * Of large flows fewer are kept: with the pictures of values, a node takes some kilobytes in each run, and in each iteration.
 * Iterations of the oldest runs go first.
 */
export const MAX_KEPT_NODES = 20_000;

/** Keeps the last runs within a bound. */
export interface RunArchive {
  begin(run: Omit<KeptRun, 'nodes' | 'frames'>): void;
  /** The flow of a run that has begun and is kept. */
  documentOf(id: string): FlowDocument | undefined;
  /** Takes in what runs said, and what nodes show after it, in all and by iteration. Gives another map when something changed. */
  take(
    events: readonly RunEvent[],
    nodes: ReadonlyMap<NodeId, NodeRunState>,
    keepFrames: () => KeptFrames | undefined,
  ): KeptRuns;
}

interface Entry {
  readonly run: KeptRun;
  readonly nodes: number;
  readonly framed: number;
}

export function createRunArchive(): RunArchive {
  const runs = new Map<string, Entry>();
  let shown: KeptRuns = noKeptRuns;
  let isShown = true;

  function makeRoom(): void {
    let size = 0;
    for (const { nodes, framed } of runs.values()) size += nodes + framed;
    // The newest stays, however large it is: its results are there in any case.
    const older = [...runs].slice(0, -1);
    for (const [id, { run, nodes, framed }] of older) {
      if (size <= MAX_KEPT_NODES) break;
      runs.set(id, { run: { ...run, frames: undefined }, nodes, framed: 0 });
      size -= framed;
    }
    for (const [id, { nodes }] of older) {
      if (runs.size <= MAX_KEPT_RUNS && size <= MAX_KEPT_NODES) return;
      size -= nodes + (runs.get(id)?.framed ?? 0);
      runs.delete(id);
    }
  }

  return {
    begin(run) {
      runs.set(run.id, { run: { ...run, nodes: undefined, frames: undefined }, nodes: 0, framed: 0 });
      isShown = false;
    },
    documentOf: (id) => runs.get(id)?.run.document,
    take(events, nodes, keepFrames) {
      for (const event of events) {
        const kept = runs.get(event.runId);
        if (kept === undefined) continue;
        if (event.kind === 'run-started') runs.set(event.runId, { ...kept, nodes: event.nodes.length });
        else if (event.kind === 'run-finished') {
          const frames = keepFrames();
          runs.set(event.runId, {
            ...kept,
            run: { ...kept.run, nodes, frames: frames?.records },
            framed: frames?.size ?? 0,
          });
        } else continue;
        isShown = false;
      }
      if (!isShown) {
        makeRoom();
        shown = new Map(Array.from(runs, ([id, { run }]) => [id, run]));
        isShown = true;
      }
      return shown;
    },
  };
}
