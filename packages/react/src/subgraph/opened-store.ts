import type { FrameStep, RunOptions } from '@loom/engine';
import { applyOperations, type FlowDocument, LoomError, type Operation, type SubgraphFlowType } from '@loom/graph';
import { shownFramePath } from '../run/shown-run.js';
import { type FrameRecords, frameKey } from '../store/frame-records.js';
import type { LoomStore } from '../store/loom-store.js';
import { shownResults } from '../store/shown-results.js';
import { noStaleResults } from '../store/stale-results.js';
import type { LoomState } from '../store/state.js';
import { containsItself, type OpenedSubgraph, openedGraph } from './opened-graph.js';

const roots = new WeakMap<LoomStore, LoomStore>();

/** The store of the whole flow behind one that {@link createOpenedStore} made; any other store is its own. */
export function rootStore(store: LoomStore): LoomStore {
  return roots.get(store) ?? store;
}

/**
 * The store as the editor's parts see it: while a subgraph is open its graph stands in place of the flow, what is edited
 * goes into its definition, and runs show what the opened instance did. History, session and runs are those of the flow.
 */
export function createOpenedStore(root: LoomStore): LoomStore {
  let last: { readonly from: LoomState; readonly shown: LoomState } | undefined;
  function getState(): LoomState {
    const from = root.getState();
    if (last?.from !== from) last = { from, shown: shownState(from, last?.shown) };
    return last.shown;
  }
  const path = () => root.getState().session.path;

  const store: LoomStore = {
    ...root,
    getState,
    subscribe(listener) {
      let before = getState();
      return root.subscribe(() => {
        const now = getState();
        const previous = before;
        before = now;
        listener(now, previous);
      });
    },
    dispatch(operations, options) {
      const opened = path().at(-1);
      if (opened === undefined) return root.dispatch(operations, options);
      const { flow } = getState();
      const result = applyOperations(flow.document, operations, { library: flow.library });
      if (!result.ok) return result;
      if (containsItself({ types: withGraph(result.document, opened).types }, opened.type)) {
        const error = new LoomError('editor/contains-itself', 'A subgraph cannot contain itself. Copy it first.');
        return { ok: false, error };
      }
      const written = root.dispatch(
        writeBack(root.getState().flow.document, flow.document, result.document, opened),
        options,
      );
      return written.ok ? { ...result, change: written.change } : written;
    },
    run: (options) => root.run(outside(options, path()[0])),
    runTo: (node) => root.runTo(node),
    inspect: (target, frame = []) => root.inspect(target, [...instancePath(root.getState()), ...frame]),
  };
  roots.set(store, root);
  return store;
}

/** An opened subgraph has no runs of its own: what runs is its instance. */
function outside(options: RunOptions | undefined, opened: OpenedSubgraph | undefined): RunOptions | undefined {
  const targets = options?.targets;
  if (opened === undefined || targets === undefined || !('nodes' in targets)) return options;
  return { ...options, targets: { ...targets, nodes: [opened.node] } };
}

function shownState(state: LoomState, before: LoomState | undefined): LoomState {
  const { path } = state.session;
  const runs = shownResults(state);
  if (path.length === 0) return runs === state.runs ? state : { ...state, runs };
  const document = openedGraph(state.flow.document, path);
  const flow =
    before?.flow.document === document &&
    before.flow.library === state.flow.library &&
    before.flow.history === state.flow.history &&
    before.flow.readOnly === state.flow.readOnly
      ? before.flow
      : { ...state.flow, document };
  const prefix = frameKey(instancePath({ ...state, runs }));
  const { frames } = runs;
  return {
    ...state,
    flow,
    runs: {
      ...runs,
      run: { ...runs.run, nodes: frames.nodes(prefix) },
      frames: within(frames, prefix),
      stale: noStaleResults,
    },
  };
}

/** The iterations as seen from inside of one of them. */
function within(frames: FrameRecords, prefix: string): FrameRecords {
  const inner = (key: string) => (key === '' ? prefix : `${prefix}/${key}`);
  return {
    iterations: (container, outer = '') => frames.iterations(container, inner(outer)),
    nodeRun: (frame, node) => frames.nodeRun(inner(frame), node),
    nodes: (frame) => frames.nodes(inner(frame)),
  };
}

/** The way to the body of the opened instance, through the zones and instances around it. */
function instancePath(state: LoomState): FrameStep[] {
  const steps: FrameStep[] = [];
  for (const [index, { node }] of state.session.path.entries()) {
    const document = openedGraph(state.flow.document, state.session.path.slice(0, index));
    const around = { ...state, flow: { ...state.flow, document } };
    const inner = steps.length === 0 ? state.runs.frames : within(state.runs.frames, frameKey(steps));
    const zones = shownFramePath({ ...around, runs: { ...state.runs, frames: inner } }, node);
    steps.push(...zones, { node, index: 0 });
  }
  return steps;
}

/** The flow with a graph that stands in its place put back where it belongs. */
function withGraph(graph: FlowDocument, { type }: OpenedSubgraph): FlowDocument {
  const before = graph.types[type];
  if (before?.kind !== 'subgraph') return graph;
  return { ...graph, types: { ...graph.types, [type]: definition(before, graph) } };
}

function definition(
  { inputs: _inputs, outputs: _outputs, ...before }: SubgraphFlowType,
  { nodes, edges, inputs, outputs }: FlowDocument,
): SubgraphFlowType {
  return {
    ...before,
    nodes,
    edges,
    ...(Object.keys(inputs).length > 0 && { inputs }),
    ...(Object.keys(outputs).length > 0 && { outputs }),
  };
}

const FLOW_FIELDS = ['title', 'description', 'environment', 'settings', 'meta'] as const;

/** The operations on the flow that do what operations on the opened graph did. */
function writeBack(
  root: FlowDocument,
  before: FlowDocument,
  after: FlowDocument,
  opened: OpenedSubgraph,
): readonly Operation[] {
  const operations: Operation[] = [];
  for (const id of new Set([...Object.keys(before.types), ...Object.keys(after.types)])) {
    const type = after.types[id];
    if (type === before.types[id] || id === opened.type) continue;
    operations.push(type === undefined ? { kind: 'remove-type', id } : { kind: 'set-type', id, type });
  }
  const own = after.types[opened.type];
  if (own?.kind === 'subgraph') {
    const changed =
      own !== root.types[opened.type] ||
      (['nodes', 'edges', 'inputs', 'outputs'] as const).some((key) => after[key] !== before[key]);
    if (changed) operations.push({ kind: 'set-type', id: opened.type, type: definition(own, after) });
  }
  const fields = FLOW_FIELDS.filter((key) => after[key] !== before[key]).map((key) => [key, after[key] ?? null]);
  if (fields.length > 0) operations.push({ kind: 'update-flow', changes: Object.fromEntries(fields) });
  return operations;
}
