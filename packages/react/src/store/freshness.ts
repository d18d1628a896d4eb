import { type ContentKeys, contentKeys, type RunEvent, type RunState } from '@loom/engine';
import { graphIndex, type NodeId, topologicalOrder } from '@loom/graph';
import type { Schedule } from './flush-schedule.js';
import type { DocumentState } from './state.js';

/** Results that are out of date: by node, the run that left them. A newer run of the node makes the entry void. */
export type StaleResults = ReadonlyMap<NodeId, string>;

export const noStaleResults: StaleResults = new Map();

/** How long after the last edit results are compared with the flow, in milliseconds. */
const SETTLE_MS = 150;

/** Once edits have paused. */
export const afterEdits: Schedule = (check) => {
  const timer = setTimeout(check, SETTLE_MS);
  return () => clearTimeout(timer);
};

/** What is known of how the results came about. */
export interface Origins {
  /** The content keys of the flow that each run ran, by run. */
  readonly keys: ReadonlyMap<string, ContentKeys>;
  /** Counts executions: a node that is older than one that feeds it was made from something else. */
  readonly made: ReadonlyMap<NodeId, number>;
}

/**
 * The nodes whose results the flow would not give any more: an input, the code, or something upstream has changed since,
 * or what feeds them was executed again. Costs some microseconds a node.
 */
export function staleResults(
  run: RunState,
  { document, library }: Pick<DocumentState, 'document' | 'library'>,
  { keys, made }: Origins,
): StaleResults {
  const stale = new Map<NodeId, string>();
  if (run.nodes.size === 0) return stale;
  const now = contentKeys(document, library);
  const index = graphIndex(document);
  const pure = new Set<NodeId>();
  for (const id of topologicalOrder(document).order) {
    const sources = index.incoming(id).flatMap((edge) => document.edges[edge]?.source ?? []);
    const type = document.nodes[id]?.type;
    const isPure = type !== undefined && library.resolve(document, type)?.pure === true;
    if (isPure && sources.every((source) => pure.has(source))) pure.add(id);
    const state = run.nodes.get(id);
    if (state?.status !== 'success' && state?.status !== 'error') continue;
    const then = keys.get(state.runId);
    if (then === undefined) continue;
    const at = made.get(id) ?? 0;
    // What is pure gives the same however often it is executed.
    const isOvertaken = () =>
      sources.some((source) => !pure.has(source) && (stale.has(source) || (made.get(source) ?? 0) > at));
    if (then.of(id) !== now.of(id) || isOvertaken()) stale.set(id, state.runId);
  }
  return stale;
}

/** What freshness needs of the store around it. */
export interface FreshnessHost {
  flow(): DocumentState;
  run(): RunState;
  stale(): StaleResults;
  write(stale: StaleResults): void;
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
    const before = host.stale();
    const stale = staleResults(run, flow, { keys, made });
    if (!sameEntries(before, stale)) host.write(stale);
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

function sameEntries(a: StaleResults, b: StaleResults): boolean {
  if (a.size !== b.size) return false;
  for (const [node, run] of a) if (b.get(node) !== run) return false;
  return true;
}
