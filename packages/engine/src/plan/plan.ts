import { type FlowDocument, type Json, LoomError, type NodeId, type PortId } from '@loom/graph';
import type { Plan, PlannedNode, RunOptions } from '../api.js';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { NodeError } from '../node-error.js';
import { blockedBy, type Overrides } from './blocked.js';
import { KeyTable } from './keys.js';
import type { ResultStore } from './results.js';
import type { KeptResult } from './run-record.js';

/** What is decided about a node, apart from whether an executor for it exists. */
export type Decision =
  | { readonly action: 'run'; readonly reason: 'target' | 'needed' | 'changed' }
  | { readonly action: 'reuse'; readonly reason: 'unchanged'; readonly result: KeptResult }
  | { readonly action: 'blocked'; readonly error: NodeError }
  | { readonly action: 'skip'; readonly reason: 'muted' };

/** A plan by index. */
export interface RunPlan {
  readonly flow: CompiledFlow;
  readonly keys: KeyTable;
  readonly overrides: Overrides;
  /** The nodes in scope, each after those it needs. */
  readonly scope: Int32Array;
  /** By node; undefined outside the scope. */
  readonly decisions: readonly (Decision | undefined)[];
  /** How many nodes are to run, and one of them for each type. */
  readonly toRun: number;
  readonly performers: readonly number[];
}

const TARGET: Decision = { action: 'run', reason: 'target' };
const NEEDED: Decision = { action: 'run', reason: 'needed' };
const CHANGED: Decision = { action: 'run', reason: 'changed' };
const MUTED: Decision = { action: 'skip', reason: 'muted' };

/**
 * Decides what a run does with each node that its targets need. Runs nothing and changes nothing.
 *
 * @throws LoomError `run/unknown-node` for a target, and `run/unknown-input` for an input, that the flow does not have.
 */
export function planRun(
  flow: CompiledFlow,
  options: Pick<RunOptions, 'targets' | 'inputs'>,
  results: ResultStore,
): RunPlan {
  const { targets = { kind: 'all' }, inputs = {} } = options;
  if (targets.kind === 'all') {
    if (Object.keys(inputs).length > 0) return planAll(flow, readInputs(flow, inputs));
    let plan = plansOfAll.get(flow);
    if (!plan) {
      plan = planAll(flow, new Map());
      plansOfAll.set(flow, plan);
    }
    return plan;
  }

  const overrides = readInputs(flow, inputs);
  const keys = new KeyTable(flow, overrides);
  const decisions = new Array<Decision | undefined>(flow.ids.length);
  const decide = (node: number, run: Decision): Decision => decideAlone(flow, node, overrides, run);

  const wanted = targets.nodes.map((id) => indexOf(flow, id));
  const fresh = freshness(flow, keys, results, wanted);
  const todo: number[] = [];
  for (const node of wanted) {
    if (decisions[node]) continue;
    decisions[node] = decide(node, TARGET);
    todo.push(node);
  }
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (!needsInputs(decisions[node], flow, node)) continue;
    const end = flow.inStart[node + 1] as number; // typed arrays of fixed length, here and below
    for (let k = flow.inStart[node] as number; k < end; k++) {
      const source = flow.edgeSource[flow.inEdges[k] as number] as number;
      if (decisions[source]) continue;
      const kept = fresh.get(source);
      const before = results.get(flow.ids[source] as NodeId);
      const run = before ? CHANGED : NEEDED;
      decisions[source] = kept ? { action: 'reuse', reason: 'unchanged', result: kept } : decide(source, run);
      todo.push(source);
    }
  }
  const scope = flow.order.filter((node) => decisions[node] !== undefined);
  return { flow, keys, overrides, scope, decisions, ...work(flow, scope, decisions) };
}

/** Runs of everything, again and again, are the most frequent; their plan depends on nothing but the flow. */
const plansOfAll = new WeakMap<CompiledFlow, RunPlan>();

function planAll(flow: CompiledFlow, overrides: Overrides): RunPlan {
  const decisions = flow.ids.map((_, node) => decideAlone(flow, node, overrides, TARGET));
  const scope = flow.order;
  return { flow, keys: new KeyTable(flow, overrides), overrides, scope, decisions, ...work(flow, scope, decisions) };
}

export function work(
  flow: CompiledFlow,
  scope: Int32Array,
  decisions: readonly (Decision | undefined)[],
): Pick<RunPlan, 'toRun' | 'performers'> {
  let toRun = 0;
  const performers: number[] = [];
  const seen = new Set<number>();
  for (const node of scope) {
    if (decisions[node]?.action !== 'run') continue;
    toRun++;
    const type = flow.typeOf[node] as number; // every index has one
    if (seen.has(type)) continue;
    seen.add(type);
    performers.push(node);
  }
  return { toRun, performers };
}

/** What to do with a node whatever else is in the run. */
export function decideAlone(flow: CompiledFlow, node: number, overrides: Overrides, run: Decision): Decision {
  if (flow.nodes[node]?.settings?.mode === 'muted') return MUTED;
  const error = blockedBy(flow, node, overrides);
  return error ? { action: 'blocked', error } : run;
}

/** The plan as the outside sees it. */
export function publicPlan({ flow, scope, decisions }: RunPlan): Plan {
  const nodes = new Map<NodeId, PlannedNode>();
  const order: NodeId[] = [];
  for (const node of scope) {
    const id = flow.ids[node] as NodeId; // every index has an id
    const decision = decisions[node] as Decision; // every node in scope has one
    order.push(id);
    nodes.set(id, decision.action === 'reuse' ? { action: 'reuse', reason: 'unchanged' } : decision);
  }
  return { order, nodes };
}

/** What is reused, muted, or on a cycle, does not wait for what feeds it. */
function needsInputs(decision: Decision | undefined, flow: CompiledFlow, node: number): boolean {
  if (!decision || decision.action === 'reuse' || decision.action === 'skip') return false;
  return flow.cyclic[node] === 0;
}

/**
 * The results before these nodes that still hold: same key, and made from the newest executions of what fed them, as far
 * as these are not pure. Walks each node above once.
 */
function freshness(
  flow: CompiledFlow,
  keys: KeyTable,
  results: ResultStore,
  targets: readonly number[],
): ReadonlyMap<number, KeptResult> {
  const above = new Uint8Array(flow.ids.length);
  const todo = [...targets];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    const end = flow.inStart[node + 1] as number;
    for (let k = flow.inStart[node] as number; k < end; k++) {
      const source = flow.edgeSource[flow.inEdges[k] as number] as number;
      if (above[source] === 1) continue;
      above[source] = 1;
      todo.push(source);
    }
  }
  const fresh = new Map<number, KeptResult>();
  const pure = new Uint8Array(flow.ids.length);
  const known: Known = { flow, keys, results, fresh, pure };
  for (const node of flow.order) {
    if (above[node] === 0 || flow.cyclic[node] === 1) continue;
    pure[node] = isPure(known, node) ? 1 : 0;
    const result = results.get(flow.ids[node] as NodeId);
    if (result && holds(known, node, result)) fresh.set(node, result);
  }
  return fresh;
}

/** What is known of the nodes before the one that is looked at. */
interface Known {
  readonly flow: CompiledFlow;
  readonly keys: KeyTable;
  readonly results: ResultStore;
  readonly fresh: ReadonlyMap<number, KeptResult>;
  /** 1 for nodes that give the same whenever their keys are the same: pure with all that feeds them. */
  readonly pure: Uint8Array;
}

function isPure({ flow, pure }: Known, node: number): boolean {
  if (!flow.types[node]?.pure) return false;
  const end = flow.inStart[node + 1] as number;
  for (let k = flow.inStart[node] as number; k < end; k++) {
    if (pure[flow.edgeSource[flow.inEdges[k] as number] as number] === 0) return false;
  }
  return true;
}

function holds({ flow, keys, results, fresh, pure }: Known, node: number, result: KeptResult): boolean {
  const mode = flow.nodes[node]?.settings?.mode;
  if (mode === 'muted' || mode === 'bypassed') return false;
  const start = flow.inStart[node] as number;
  const end = flow.inStart[node + 1] as number;
  const { record, index } = result;
  const consumed = record.consumedBy(index);
  if (consumed && consumed.length !== end - start) return false;
  for (let k = start; k < end; k++) {
    const source = flow.edgeSource[flow.inEdges[k] as number] as number;
    const feeding = results.get(flow.ids[source] as NodeId);
    // What fed it may be gone; its own value is as good as it was.
    if (!feeding || pure[source] === 1) continue;
    const version = consumed ? consumed[k - start] : record.version;
    if (feeding.record.version !== version || !fresh.has(source)) return false;
  }
  return record.keys.keyOf(index) === keys.keyOf(node);
}

function indexOf(flow: CompiledFlow, id: NodeId): number {
  const index = flow.indexOf.get(id);
  if (index === undefined) {
    throw new LoomError('run/unknown-node', `There is no node "${id}" in this flow to run.`, { context: { node: id } });
  }
  return index;
}

/** Promoted inputs as overrides of literals. */
function readInputs(flow: CompiledFlow, inputs: Readonly<Record<string, Json>>): Overrides {
  const overrides = new Map<number, Map<PortId, Json>>();
  const { inputs: promoted }: Pick<FlowDocument, 'inputs'> = flow.document;
  for (const [name, value] of Object.entries(inputs)) {
    const port = Object.hasOwn(promoted, name) ? promoted[name] : undefined;
    const node = port && flow.indexOf.get(port.node);
    if (!port || node === undefined) {
      const names = Object.keys(promoted).map((each) => `"${each}"`);
      const known = names.length === 0 ? 'It has none.' : `It has ${names.join(', ')}.`;
      throw new LoomError('run/unknown-input', `This flow has no input "${name}". ${known}`, {
        context: { input: name },
      });
    }
    const ports = overrides.get(node) ?? new Map<PortId, Json>();
    overrides.set(node, ports.set(port.port, value));
  }
  return overrides;
}
