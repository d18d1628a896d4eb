import { isDeepStrictEqual } from 'node:util';
import {
  emptyRunState,
  type NodeRunStatus,
  nodeRunState,
  type RunEvent,
  type RunOptions,
  reduceRunEvents,
} from '@loom/engine';
import type { FlowDocument, NodeId } from '@loom/graph';
import {
  type FramePath,
  isBypassed,
  joinPolicyOf,
  neededWires,
  type SeenEnd,
  type Shape,
  zonesAround,
} from '@loom/testing';
import { endOf, keyOf } from './observe.js';
import type { PerformedRun } from './perform-run.js';

type Final = Extract<NodeRunStatus, 'success' | 'error' | 'skipped' | 'cancelled'>;

/** Of several frames the first of these counts. */
const WORST_FIRST: readonly Final[] = ['error', 'cancelled', 'success', 'skipped'];

/** What holds for every run of this flow, however it ends: problems in words. */
export function runProblems(
  document: FlowDocument,
  run: PerformedRun,
  scope: ReadonlySet<NodeId>,
  pins: RunOptions['pins'] = {},
): string[] {
  const shape: Shape = { graph: document, library: run.library };
  return [
    ...scopeProblems(run, scope),
    ...countProblems(shape, run, scope),
    ...orderProblems(shape, run.events, pins),
    ...concurrencyProblems(document, run.events),
  ];
}

/** What was told of can be read; what is in a zone as long as that has a result. */
export function readProblems(document: FlowDocument, { unreadable, events, library }: PerformedRun): string[] {
  const shape: Shape = { graph: document, library };
  const isKept = ([node]: readonly [NodeId, string]): boolean =>
    zonesAround(shape, node).every((zone) => endsWithoutFrame(events, zone).some(({ state }) => state === 'success'));
  return [...unreadable].filter(isKept).map(([node, place]) => `the value of ${node}.${place} cannot be read`);
}

/**
 * What is still held is what an end gave, without a frame or in the last one of its container to end; or in the one before,
 * which a loop may have carried on. What entered these frames by a wire may be seen there, too. All else has been let go.
 */
export function heldProblems(document: FlowDocument, { events, held, library }: PerformedRun): string[] {
  const last = new Map<string, number[]>();
  for (const { kind, frame = [] } of events) {
    const step = frame.at(-1);
    if (kind !== 'frame-finished' || !step) continue;
    const key = keyOf(frame.slice(0, -1), step.node);
    last.set(key, [...(last.get(key) ?? []).slice(-1), step.index]);
  }
  const isLast = (path: FramePath): boolean =>
    path.every(({ node, index }, depth) => last.get(keyOf(path.slice(0, depth), node))?.includes(index));
  const given = events.flatMap((event) =>
    event.kind === 'node-succeeded' && isLast(event.frame ?? []) ? Object.values(event.outputs) : [],
  );
  const reachable = new Set(given.map(({ ref }) => ref.handle));
  const lost = [...held].filter((handle) => !reachable.has(handle));
  const entered = events.reduce((sum, { kind, frame = [] }) => {
    const step = kind === 'frame-finished' && isLast(frame) ? frame.at(-1) : undefined;
    return step ? sum + wiresAt(shapesOf(document, library), step.node) : sum;
  }, 0);
  return lost.length <= entered ? [] : [`${lost.length} values are held that nobody can reach`];
}

/** The document, and the subgraphs in it. */
function shapesOf(document: FlowDocument, library: Shape['library']): Shape[] {
  const inside = Object.values(document.types).flatMap((type) => (type.kind === 'subgraph' ? [type] : []));
  return [document, ...inside.map(({ nodes, edges }) => ({ nodes, edges, types: document.types }))].map((graph) => ({
    graph,
    library,
  }));
}

/** How many wires a container waits for, in whichever of these it is. */
function wiresAt(shapes: readonly Shape[], container: NodeId): number {
  const own = shapes.filter(({ graph }) => Object.hasOwn(graph.nodes, container));
  return Math.max(0, ...own.map((shape) => neededWires(shape, container).length));
}

function scopeProblems({ events: [first] }: PerformedRun, scope: ReadonlySet<NodeId>): string[] {
  const told = first?.kind === 'run-started' ? [...first.nodes] : [];
  const isSame = told.length === scope.size && told.every((node) => scope.has(node));
  return isSame ? [] : [`the run is about ${told.sort().join()}, and should be about ${[...scope].sort().join()}`];
}

/** The states add up, in the events, in the counts and in what is made of the events. */
function countProblems(shape: Shape, { events, result }: PerformedRun, scope: ReadonlySet<NodeId>): string[] {
  const problems: string[] = [];
  const counts: Record<Final, number> = { success: 0, error: 0, skipped: 0, cancelled: 0 };
  const state = reduceRunEvents(emptyRunState, events);
  for (const node of scope) {
    const [end, ...others] = endsWithoutFrame(events, node);
    if (!end || others.length > 0) {
      problems.push(`"${node}" has ${end ? others.length + 1 : 0} ends without a frame`);
      continue;
    }
    counts[end.state]++;
    problems.push(...wholeEndProblems(node, end, endsInFrames(shape, events, node)));
    const reduced = nodeRunState(state, node).status;
    if (reduced !== end.state)
      problems.push(`"${node}" is ${end.state}, and ${reduced} in the state made of the events`);
  }
  const last = events.at(-1);
  const told = last?.kind === 'run-finished' ? last.counts : undefined;
  for (const status of WORST_FIRST) {
    if (told?.[status] !== counts[status])
      problems.push(`${counts[status]} nodes are ${status}, and the run tells of ${told?.[status]}`);
    if (result.counts[status] !== told?.[status]) problems.push(`the result counts ${result.counts[status]} ${status}`);
  }
  if (state.status !== result.status) problems.push(`the state is ${state.status}, and the result ${result.status}`);
  return problems;
}

function endsWithoutFrame(events: readonly RunEvent[], node: NodeId): SeenEnd[] {
  return events.flatMap((event) => {
    const end = endOf(event);
    return end && 'node' in event && event.node === node && event.frame === undefined ? [end] : [];
  });
}

/** How a node in zones ended in each frame. */
function endsInFrames(shape: Shape, events: readonly RunEvent[], node: NodeId): SeenEnd[] {
  return events.flatMap((event) => {
    const end = endOf(event);
    const isOwn = 'node' in event && event.node === node && isInDocument(shape, event.frame ?? [], node);
    return end && isOwn && event.frame ? [end] : [];
  });
}

/** Over all frames a node is what the worst of them is, and gives what one of them gave, or nothing that is gone by then. */
function wholeEndProblems(node: NodeId, whole: SeenEnd, ends: readonly SeenEnd[]): string[] {
  const worst = WORST_FIRST.find((status) => ends.some(({ state }) => state === status));
  if (worst === undefined) return [];
  if (whole.state !== worst) return [`"${node}" is ${whole.state} over all frames, and should be ${worst}`];
  const isOneOfThem = ends.some((end) => end.state === worst && isDeepStrictEqual(whole, end));
  const givesNothing = worst === 'success' && (whole.outputs?.size ?? 0) === 0;
  return isOneOfThem || givesNothing || worst === 'skipped'
    ? []
    : [`"${node}" ends over all frames as in none of them`];
}

/** Nothing starts before what its join waits for. */
function orderProblems(shape: Shape, events: readonly RunEvent[], pins: NonNullable<RunOptions['pins']>): string[] {
  const problems: string[] = [];
  const started = new Set<string>();
  const over = new Set<string>();
  for (const event of events) {
    if (!('node' in event) || event.node === undefined) continue;
    const path: FramePath = event.frame ?? [];
    const key = keyOf(path, event.node);
    if (event.kind === 'node-started') {
      started.add(key);
      // What is pinned is not run, and waits for nothing.
      const isPinned = shape.graph.nodes[event.node]?.settings?.pinned !== undefined || event.node in pins;
      if (!isPinned && isInDocument(shape, path, event.node))
        problems.push(...tooEarly(shape, path, event.node, started, over));
    }
    if (endOf(event)) over.add(key);
  }
  return problems;
}

/** Whether a place is in the document itself, and not in a subgraph or a firing for one item. */
function isInDocument(shape: Shape, path: FramePath, node: NodeId): boolean {
  const around = zonesAround(shape, node).reverse();
  return path.length === around.length && path.every((step, place) => step.node === around[place]);
}

function tooEarly(
  shape: Shape,
  path: FramePath,
  node: NodeId,
  started: ReadonlySet<string>,
  over: ReadonlySet<string>,
): string[] {
  const [body] = zonesAround(shape, node);
  const isReady = (source: NodeId): boolean => {
    const isInBody = source !== body && zonesAround(shape, source)[0] === body;
    const key = keyOf(path, source);
    // What a stream feeds starts when the stream has begun; what comes from around the body is there.
    return !isInBody || over.has(key) || started.has(key);
  };
  const sources = neededWires(shape, node).map(({ source }) => source);
  const missing = sources.filter((source) => !isReady(source));
  const isFirst = joinPolicyOf(shape, node) === 'first' && !isBypassed(shape, node);
  const isEnough = isFirst ? missing.length < sources.length : missing.length === 0;
  return isEnough || sources.length === 0 ? [] : [`${keyOf(path, node)} starts before ${missing.join()}`];
}

/** No more iterations at once than a zone allows. */
function concurrencyProblems(document: FlowDocument, events: readonly RunEvent[]): string[] {
  const problems: string[] = [];
  const open = new Map<string, number>();
  for (const event of events) {
    if (event.kind !== 'frame-started' && event.kind !== 'frame-finished') continue;
    const path = event.frame ?? [];
    const key = keyOf(path.slice(0, -1), event.node);
    const count = (open.get(key) ?? 0) + (event.kind === 'frame-started' ? 1 : -1);
    open.set(key, count);
    const most = allowedAtOnce(document, path, event.node);
    if (count > most) problems.push(`${key} has ${count} iterations at once, and may have ${most}`);
  }
  return problems;
}

const DEFAULT_CONCURRENCY = 16;

function allowedAtOnce(document: FlowDocument, path: FramePath, container: NodeId): number {
  const isInside = path.some(({ node }) => document.nodes[node]?.settings?.zone === undefined);
  const zone = document.nodes[container]?.settings?.zone;
  if (isInside) return Number.POSITIVE_INFINITY;
  if (zone?.kind !== 'for-each') return 1;
  const { concurrency = DEFAULT_CONCURRENCY } = zone;
  return concurrency < 0 ? Number.POSITIVE_INFINITY : concurrency;
}
