import type { NodeRunState, RunEvent, RunTargets } from '@loom/engine';
import type { FlowDocument, Library, NodeId } from '@loom/graph';

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
}

/** The last runs by id, the oldest first. */
export type KeptRuns = ReadonlyMap<string, KeptRun>;

export const noKeptRuns: KeptRuns = new Map();

/** So many of the last runs can be looked at again. */
export const MAX_KEPT_RUNS = 20;
/** Of large flows fewer are kept: with the pictures of values, a node takes some kilobytes in each run. */
export const MAX_KEPT_NODES = 20_000;

/** Keeps the last runs within a bound. */
export interface RunArchive {
  begin(run: Omit<KeptRun, 'nodes'>): void;
  /** Takes in what runs said, and what nodes show after it. Gives another map when something changed. */
  take(events: readonly RunEvent[], nodes: ReadonlyMap<NodeId, NodeRunState>): KeptRuns;
}

export function createRunArchive(): RunArchive {
  const runs = new Map<string, { readonly run: KeptRun; readonly size: number }>();
  let shown: KeptRuns = noKeptRuns;
  let isShown = true;

  function makeRoom(): void {
    let nodes = 0;
    for (const { size } of runs.values()) nodes += size;
    for (const [id, { size }] of runs) {
      // The newest stays, however large it is: its results are there in any case.
      if (runs.size === 1 || (runs.size <= MAX_KEPT_RUNS && nodes <= MAX_KEPT_NODES)) return;
      runs.delete(id);
      nodes -= size;
    }
  }

  return {
    begin(run) {
      runs.set(run.id, { run: { ...run, nodes: undefined }, size: 0 });
      isShown = false;
    },
    take(events, nodes) {
      for (const event of events) {
        const kept = runs.get(event.runId);
        if (kept === undefined) continue;
        if (event.kind === 'run-started') runs.set(event.runId, { ...kept, size: event.nodes.length });
        else if (event.kind === 'run-finished') runs.set(event.runId, { ...kept, run: { ...kept.run, nodes } });
        else continue;
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
