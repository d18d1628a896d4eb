import { type ContentKeys, contentKeys, type RunEvent, type RunState } from '@loom/engine';
import type { NodeId } from '@loom/graph';
import type { Schedule } from './flush-schedule.js';
import type { KeptRuns } from './run-archive.js';
import { type Comparison, compareResults } from './stale-results.js';
import type { DocumentState } from './state.js';

/** How long after the last edit results are compared with the flow, in milliseconds. */
const SETTLE_MS = 150;

/** Once edits have paused. */
export const afterEdits: Schedule = (check) => {
  const timer = setTimeout(check, SETTLE_MS);
  return () => clearTimeout(timer);
};

/** What freshness needs of the store around it. */
export interface FreshnessHost {
  flow(): DocumentState;
  run(): RunState;
  kept(): KeptRuns;
  shown(): Comparison;
  write(found: Comparison): void;
  schedule: Schedule;
}

/** Keeps the list of stale results up to date: after edits and runs, once they pause. */
export interface Freshness {
  /** A run of the flow as it is now has begun. */
  started(runId: string): void;
  /** These events of runs were taken in. */
  took(events: readonly RunEvent[]): void;
  /** The flow has changed. */
  edited(): void;
}

export function createFreshness(host: FreshnessHost): Freshness {
  const keys = new Map<string, ContentKeys>();
  const made = new Map<NodeId, number>();
  let executions = 0;
  let cancel: (() => void) | undefined;
  /** What was compared last. Looking at ten thousand nodes takes a tenth of a second: not for every node that is moved. */
  let checked: { flow: DocumentState; told: number } | undefined;
  let told = 0;
  const open = new Set<string>();

  function check(): void {
    cancel = undefined;
    const run = host.run();
    const flow = host.flow();
    if (checked?.told === told && sameContent(checked.flow, flow)) return;
    checked = { flow, told };
    forgetRuns(run);
    const before = host.shown();
    const found = compareResults(run, flow, { keys, made, kept: host.kept() });
    if (!sameEntries(before.stale, found.stale) || !sameEntries(before.recalled, found.recalled)) host.write(found);
  }

  /** Keeps the flows of runs that are under way, or that some node still shows. */
  function forgetRuns(run: RunState): void {
    if (keys.size < 2) return;
    const shown = new Set(open);
    for (const { runId } of run.nodes.values()) shown.add(runId);
    for (const runId of keys.keys()) if (!shown.has(runId)) keys.delete(runId);
  }

  return {
    started(runId) {
      const { document, library } = host.flow();
      keys.set(runId, contentKeys(document, library));
      open.add(runId);
    },
    took(events) {
      let ended = false;
      told += events.length;
      for (const event of events) {
        // Of an iteration nothing is outdated on its own.
        if ('frame' in event && event.frame !== undefined) continue;
        if (event.kind === 'node-failed' || (event.kind === 'node-succeeded' && !event.cached)) {
          made.set(event.node, ++executions);
        }
        if (event.kind !== 'run-finished') continue;
        ended = true;
        open.delete(event.runId);
      }
      if (ended) cancel ??= host.schedule(check);
    },
    edited() {
      if (keys.size === 0) return;
      cancel?.();
      cancel = host.schedule(check);
    },
  };
}

/** Whether the flows differ in nothing that results follow from, as after a move. By identity: changes keep the rest. */
function sameContent(a: DocumentState, b: DocumentState): boolean {
  const { document: before, library } = a;
  const { document: after } = b;
  if (before === after) return library === b.library;
  if (library !== b.library || before.types !== after.types || before.edges !== after.edges) return false;
  if (before.environment !== after.environment) return false;
  const ids = Object.keys(after.nodes);
  return (
    ids.length === Object.keys(before.nodes).length &&
    ids.every((id) => {
      const node = before.nodes[id];
      const now = after.nodes[id];
      return node?.type === now?.type && node?.inputs === now?.inputs && node?.settings === now?.settings;
    })
  );
}

function sameEntries<T>(a: ReadonlyMap<NodeId, T>, b: ReadonlyMap<NodeId, T>): boolean {
  if (a.size !== b.size) return false;
  for (const [node, value] of a) if (b.get(node) !== value) return false;
  return true;
}
