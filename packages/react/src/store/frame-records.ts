import { type FrameStep, idleNode, type NodeRunState, type OutputSummary, type RunEvent } from '@loom/engine';
import type { NodeId, PortId } from '@loom/graph';

/** What is known of the iterations of one container, in one iteration of those around it. */
export interface Iterations {
  readonly runId: string;
  /** Index of the oldest one whose values are still known. */
  readonly first: number;
  /** Index of the one that began last. */
  readonly last: number;
  readonly started: number;
  readonly ended: number;
  /** Indexes of failed ones, at most {@link MAX_FAILED}. */
  readonly failed: readonly number[];
}

/** Names one iteration: the way to it from the root. */
export type FrameKey = string;

/** Beyond this many iterations the values of the oldest go: pictures of values take memory. */
export const MAX_FRAMES = 1000;
/** A zone that fails in each iteration need not name all of them. */
export const MAX_FAILED = 100;

/** The way to an iteration as text. */
export function frameKey(path: readonly FrameStep[]): FrameKey {
  return path.map(({ node, index }) => `${JSON.stringify(node)}:${index}`).join('/');
}

function containerKey(outer: FrameKey, container: NodeId): string {
  return `${outer}|${container}`;
}

interface FrameRecord {
  readonly container: string;
  readonly index: number;
  readonly runId: string;
  readonly nodes: Map<NodeId, NodeRunState>;
  ended: boolean;
}

/** What nodes did in each iteration, as far as it is kept. Entries are replaced, never changed. */
export interface FrameRecords {
  /** The iterations of a container; `outer` is the iteration that the container itself is in. */
  iterations(container: NodeId, outer?: FrameKey): Iterations | undefined;
  /** What a node did in an iteration; undefined when nothing is known of it. */
  nodeRun(frame: FrameKey, node: NodeId): NodeRunState | undefined;
  /** What all nodes did in an iteration. It goes on changing while the iteration does. */
  nodes(frame: FrameKey): ReadonlyMap<NodeId, NodeRunState>;
}

/** What a zone gave to its body in one iteration. */
export interface EntryValues {
  readonly frame: readonly FrameStep[];
  readonly outputs: Readonly<Record<PortId, OutputSummary>>;
}

/** Takes in events and gives what they add up to; another object when something changed. */
export interface FrameRecorder {
  take(events: readonly RunEvent[]): FrameRecords;
  /** Adds what zones gave to their bodies, as what the zone itself did in that iteration. Asks only if there were any. */
  enter(runId: string, read: (records: FrameRecords) => readonly EntryValues[]): void;
  /** What is known now, for good; undefined when there are no iterations. */
  keep(): KeptFrames | undefined;
}

/** The iterations that were known when a run ended. */
export interface KeptFrames {
  readonly records: FrameRecords;
  /** How many nodes are known in them, all iterations together. */
  readonly size: number;
}

const noNodes: ReadonlyMap<NodeId, NodeRunState> = new Map();

/** Nothing. */
export const noFrameRecords: FrameRecords = {
  iterations: () => undefined,
  nodeRun: () => undefined,
  nodes: () => noNodes,
};

/** Keeps the newest iterations of all zones and subgraphs, in bounded memory. */
export function createFrameRecorder(): FrameRecorder {
  const frames = new Map<FrameKey, FrameRecord>();
  const containers = new Map<string, Iterations>();
  let shown: FrameRecords = noFrameRecords;

  function forget(event: Extract<RunEvent, { kind: 'run-started' }>): boolean {
    const outermost = new Set(event.nodes.map((node) => containerKey('', node)));
    const isOld = (container: string) =>
      outermost.has(container) || event.nodes.some((node) => container.startsWith(`${JSON.stringify(node)}:`));
    let changed = false;
    for (const container of containers.keys()) {
      if (!isOld(container)) continue;
      containers.delete(container);
      changed = true;
    }
    if (!changed) return false;
    for (const [key, { container }] of frames) if (!containers.has(container)) frames.delete(key);
    return true;
  }

  function begin({ frame = [], runId, node }: Extract<RunEvent, { kind: 'frame-started' }>): void {
    const index = frame.at(-1)?.index ?? 0;
    const container = containerKey(frameKey(frame.slice(0, -1)), node);
    const before = containers.get(container);
    const same = before?.runId === runId ? before : undefined;
    containers.set(container, {
      runId,
      first: same?.first ?? index,
      last: Math.max(same?.last ?? 0, index),
      started: (same?.started ?? 0) + 1,
      ended: same?.ended ?? 0,
      failed: same?.failed ?? [],
    });
    frames.set(frameKey(frame), { container, index, runId, nodes: new Map(), ended: false });
    makeRoom();
  }

  function makeRoom(): void {
    for (const [key, record] of frames) {
      if (frames.size <= MAX_FRAMES) return;
      if (!record.ended) continue;
      frames.delete(key);
      const around = containers.get(record.container);
      if (around !== undefined && around.runId === record.runId && record.index >= around.first) {
        containers.set(record.container, { ...around, first: Math.min(record.index + 1, around.last) });
      }
    }
  }

  function end({ frame = [], runId, status }: Extract<RunEvent, { kind: 'frame-finished' }>): void {
    const record = frames.get(frameKey(frame));
    if (record !== undefined) record.ended = true;
    const container = containerKey(frameKey(frame.slice(0, -1)), frame.at(-1)?.node ?? '');
    const around = containers.get(container);
    if (around === undefined || around.runId !== runId) return;
    const isFailed = status === 'failed' && around.failed.length < MAX_FAILED;
    const failed = isFailed ? [...around.failed, frame.at(-1)?.index ?? 0] : around.failed;
    containers.set(container, { ...around, ended: around.ended + 1, failed });
  }

  function follow(event: RunEvent): boolean {
    if (event.kind === 'run-started') return forget(event);
    if (event.frame === undefined) return false;
    if (event.kind === 'frame-started') begin(event);
    else if (event.kind === 'frame-finished') end(event);
    else if ('node' in event && event.node !== undefined) {
      const record = frames.get(frameKey(event.frame));
      if (record === undefined || record.runId !== event.runId) return false;
      const next = nextState(record.nodes.get(event.node) ?? { ...idleNode, runId: event.runId }, event);
      if (next === undefined) return false;
      record.nodes.set(event.node, next);
    } else return false;
    return true;
  }

  return {
    take(events) {
      let changed = false;
      for (const event of events) changed = follow(event) || changed;
      if (changed) shown = recordsOf(frames, containers);
      return shown;
    },
    enter(runId, read) {
      if (frames.size === 0) return;
      for (const { frame, outputs } of read(shown)) {
        const record = frames.get(frameKey(frame));
        const zone = frame.at(-1)?.node;
        if (record?.runId !== runId || zone === undefined) continue;
        const { log } = idleNode;
        const given = {
          runId,
          log,
          status: 'success',
          durationMs: 0,
          cached: false,
          outputs,
          valuesLost: true,
        } as const;
        record.nodes.set(zone, given);
      }
    },
    keep() {
      if (frames.size === 0) return undefined;
      let size = 0;
      for (const { nodes } of frames.values()) size += nodes.size;
      return { records: recordsOf(new Map(frames), new Map(containers)), size };
    },
  };
}

function recordsOf(
  frames: ReadonlyMap<FrameKey, FrameRecord>,
  containers: ReadonlyMap<string, Iterations>,
): FrameRecords {
  return {
    iterations: (container, outer = '') => containers.get(containerKey(outer, container)),
    nodeRun: (frame, node) => frames.get(frame)?.nodes.get(node),
    nodes: (frame) => frames.get(frame)?.nodes ?? noNodes,
  };
}

function nextState(before: NodeRunState, event: RunEvent): NodeRunState | undefined {
  const { runId, log } = before;
  switch (event.kind) {
    case 'node-queued':
    case 'node-retrying':
      return { runId, log, status: 'queued' };
    case 'node-started':
      return { runId, log, status: 'running', startedAt: event.at };
    case 'node-succeeded':
      // The values of an iteration are let go when it ends; what is kept are pictures.
      return {
        runId,
        log,
        status: 'success',
        durationMs: event.durationMs,
        cached: event.cached,
        outputs: event.outputs,
        valuesLost: true,
      };
    case 'node-failed':
      return { runId, log, status: 'error', durationMs: event.durationMs, error: event.error };
    case 'node-skipped':
      return { runId, log, status: 'skipped', reason: event.reason };
    case 'node-cancelled':
      return { runId, log, status: 'cancelled' };
    default:
      return undefined;
  }
}
