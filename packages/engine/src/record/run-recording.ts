import type { NodeId } from '@loom/graph';
import type { FrameStep, RunEvent, RunTrigger } from '../event.js';
import {
  type RecordedPause,
  type RecordedRun,
  type RecordedSpan,
  SPAN_STATES,
  type SpanState,
} from './recorded-run.js';
import { type Span, SpanRing } from './span-ring.js';

type RunStarted = Extract<RunEvent, { kind: 'run-started' }>;
type NodeEvent = Extract<RunEvent, { node: NodeId; kind: `node-${string}` }>;

/** Whoever steps through a long loop pauses often; the newest are kept. */
const MAX_PAUSES = 1_000;

/** What is known of a node that has not ended. Times are of the engine's clock. */
interface Open {
  readonly queuedAt: number | undefined;
  readonly startedAt: number | undefined;
}

/** A body in the making: an iteration that has not ended, or the root. */
interface OpenFrame {
  readonly path: readonly FrameStep[] | undefined;
  readonly startedAt: number;
  readonly nodes: Map<NodeId, Open>;
}

/** Writes one run down as its events come, with at most so many spans. */
export class RunRecording {
  readonly id: string;
  readonly #trigger: RunTrigger | undefined;
  readonly #startedAt: number;
  readonly #maxSpans: number;
  readonly #ids: NodeId[] = [];
  readonly #indexes = new Map<NodeId, number>();
  readonly #root: OpenFrame;
  readonly #frames = new Map<string, OpenFrame>();
  readonly #ofRoot = new SpanRing();
  readonly #ofFrames = new SpanRing();
  #open = 0;
  #dropped = 0;
  #lastAt: number;
  #pauses: readonly RecordedPause[] = [];
  #end: Pick<RecordedRun, 'status' | 'durationMs' | 'counts'> = { status: 'running' };
  #view: RecordedRun | undefined;

  constructor({ runId, at, trigger }: RunStarted, maxSpans: number) {
    this.id = runId;
    this.#trigger = trigger;
    this.#startedAt = at;
    this.#lastAt = at;
    this.#maxSpans = maxSpans;
    this.#root = { path: undefined, startedAt: at, nodes: new Map() };
  }

  get isRunning(): boolean {
    return this.#end.status === 'running';
  }

  /** The run as it is now; the same object until something changes. */
  get view(): RecordedRun {
    this.#view ??= {
      id: this.id,
      ...this.#end,
      ...(this.#trigger ? { trigger: this.#trigger } : {}),
      startedAt: this.#startedAt,
      pauses: this.#pauses,
      dropped: this.#dropped,
      spans: () => this.#spans(),
    };
    return this.#view;
  }

  add(event: RunEvent): void {
    this.#view = undefined;
    this.#lastAt = event.at;
    switch (event.kind) {
      case 'node-queued':
      case 'node-started':
      case 'node-retrying':
      case 'node-succeeded':
      case 'node-failed':
      case 'node-skipped':
      case 'node-cancelled':
        this.#addNode(event);
        return;
      case 'frame-started':
        this.#frameOf(event);
        return;
      case 'frame-finished':
        this.#finishFrame(
          event,
          event.status === 'succeeded' ? 'success' : event.status === 'failed' ? 'error' : 'cancelled',
        );
        return;
      case 'run-paused': {
        const pause = { start: this.#since(event.at), reason: event.reason };
        this.#pauses = [
          ...this.#pauses.slice(1 - MAX_PAUSES),
          event.node === undefined ? pause : { ...pause, node: event.node },
        ];
        return;
      }
      case 'run-resumed':
        this.#endPause(event.at);
        return;
      case 'run-finished':
        this.#finish(event);
        return;
      default:
      // What is said, and whatever later versions tell, has no place in time here.
    }
  }

  #addNode(event: NodeEvent): void {
    const frame = this.#frameOf(event);
    const { node, at } = event;
    switch (event.kind) {
      case 'node-queued':
        this.#setOpen(frame, node, { queuedAt: at, startedAt: undefined });
        return;
      case 'node-started':
        this.#setOpen(frame, node, { queuedAt: frame.nodes.get(node)?.queuedAt, startedAt: at });
        return;
      case 'node-retrying':
        this.#close(frame, node, at, 'retried');
        this.#setOpen(frame, node, { queuedAt: at, startedAt: undefined });
        return;
      case 'node-succeeded':
        this.#close(frame, node, at, event.cached ? 'cached' : 'success', event.durationMs);
        return;
      case 'node-failed':
        this.#close(frame, node, at, 'error', event.durationMs);
        return;
      case 'node-skipped':
        this.#close(frame, node, at, 'skipped');
        return;
      case 'node-cancelled':
        this.#close(frame, node, at, 'cancelled');
        return;
    }
  }

  /** Nodes beyond the bound are not followed; their spans then begin where their duration says. */
  #setOpen(frame: OpenFrame, node: NodeId, open: Open): void {
    const isNew = !frame.nodes.has(node);
    if (isNew && this.#open >= this.#maxSpans) return;
    if (isNew) this.#open++;
    frame.nodes.set(node, open);
  }

  #close(frame: OpenFrame, node: NodeId, at: number, state: SpanState, durationMs = 0): void {
    const open = frame.nodes.get(node);
    if (frame.nodes.delete(node)) this.#open--;
    const startedAt = open?.startedAt ?? at - durationMs;
    const waitedMs = open?.queuedAt === undefined ? Number.NaN : startedAt - open.queuedAt;
    this.#push(frame.path, node, false, startedAt, at, state, waitedMs);
  }

  #finishFrame({ node, frame: path, at }: Extract<RunEvent, { kind: 'frame-finished' }>, state: SpanState): void {
    const key = keyOf(path ?? []);
    const frame = this.#frames.get(key);
    if (frame) this.#cancelOpen(frame, at);
    this.#frames.delete(key);
    this.#push(frame?.path ?? path, node, true, frame?.startedAt ?? at, at, state, Number.NaN);
  }

  #finish({ at, status, durationMs, counts }: Extract<RunEvent, { kind: 'run-finished' }>): void {
    for (const frame of [...this.#frames.values(), this.#root]) this.#cancelOpen(frame, at);
    this.#frames.clear();
    this.#endPause(at);
    this.#end = { status, durationMs, counts };
  }

  /** Nothing runs on when its body has ended. */
  #cancelOpen(frame: OpenFrame, at: number): void {
    for (const node of [...frame.nodes.keys()]) this.#close(frame, node, at, 'cancelled');
  }

  #endPause(at: number): void {
    const last = this.#pauses.at(-1);
    if (last && last.end === undefined)
      this.#pauses = [...this.#pauses.slice(0, -1), { ...last, end: this.#since(at) }];
  }

  /** The iteration of an event. Those beyond the bound are not followed. */
  #frameOf({ frame: path, at }: Pick<RunEvent, 'frame' | 'at'>): OpenFrame {
    if (!path || path.length === 0) return this.#root;
    const key = keyOf(path);
    let frame = this.#frames.get(key);
    if (!frame) {
      frame = { path, startedAt: at, nodes: new Map() };
      if (this.#frames.size < this.#maxSpans) this.#frames.set(key, frame);
    }
    return frame;
  }

  #push(
    path: readonly FrameStep[] | undefined,
    node: NodeId,
    isFrame: boolean,
    startedAt: number,
    endedAt: number,
    state: SpanState,
    waitedMs: number,
  ): void {
    const ring = path ? this.#ofFrames : this.#ofRoot;
    const [start, end] = [this.#since(startedAt), this.#since(endedAt)];
    ring.push({
      node: this.#indexOf(node),
      isFrame,
      state: SPAN_STATES.indexOf(state),
      start,
      end,
      waitedMs,
      frame: path,
    });
    if (this.#ofRoot.size + this.#ofFrames.size <= this.#maxSpans) return;
    (this.#ofFrames.size > 0 ? this.#ofFrames : this.#ofRoot).dropOldest();
    this.#dropped++;
  }

  *#spans(): Generator<RecordedSpan> {
    const [a, b] = [this.#ofRoot, this.#ofFrames];
    for (let i = 0, j = 0; i < a.size || j < b.size; ) {
      const isFirst = j >= b.size || (i < a.size && a.at(i).end < b.at(j).end);
      yield this.#shown(isFirst ? a.at(i++) : b.at(j++));
    }
    const end = this.#since(this.#lastAt);
    for (const { path, startedAt, nodes } of [this.#root, ...this.#frames.values()]) {
      const container = path?.at(-1)?.node;
      const where = path ? { frame: path } : {};
      if (container !== undefined) {
        yield { kind: 'frame', node: container, ...where, start: this.#since(startedAt), end, state: 'running' };
      }
      for (const [node, { startedAt: at }] of nodes) {
        if (at !== undefined) yield { kind: 'node', node, ...where, start: this.#since(at), end, state: 'running' };
      }
    }
  }

  #shown({ node, isFrame, state, start, end, waitedMs, frame }: Span): RecordedSpan {
    return {
      kind: isFrame ? 'frame' : 'node',
      node: this.#ids[node] as NodeId, // every index has an id
      ...(frame ? { frame } : {}),
      start,
      end,
      state: SPAN_STATES[state] as SpanState, // likewise
      ...(Number.isNaN(waitedMs) ? {} : { waitedMs }),
    };
  }

  #indexOf(node: NodeId): number {
    let index = this.#indexes.get(node);
    if (index === undefined) {
      index = this.#ids.push(node) - 1;
      this.#indexes.set(node, index);
    }
    return index;
  }

  #since(at: number): number {
    return at - this.#startedAt;
  }
}

/** Names an iteration, whatever characters its containers' ids have. */
function keyOf(path: readonly FrameStep[]): string {
  let key = '';
  for (const { node, index } of path) key += `${index}:${node.length}:${node}`;
  return key;
}
