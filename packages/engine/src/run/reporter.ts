import { assertNever, type NodeId } from '@loom/graph';
import { Feed } from '../engine/feed.js';
import type { FrameStep, RunCounts, RunEvent, RunStatus, RunTrigger, SkipReason } from '../event.js';
import type { TaskEvent } from '../executor.js';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { NodeError } from '../node-error.js';
import type { NodeBook } from './node-book.js';
import type { RunHost } from './run-host.js';

/** An event before it is numbered and timed. */
type Unnumbered<Event> = Event extends RunEvent ? Omit<Event, 'runId' | 'sequence' | 'at'> : never;
export type RunEventBody = Unnumbered<RunEvent>;

/** What code says while it runs. */
export type Telling = Extract<TaskEvent, { kind: 'output' | 'progress' | 'metric' | 'asked' | 'answered' }>;

/** Where a node is: the body that it belongs to, and which pass over it. */
export interface Place {
  readonly flow: CompiledFlow;
  readonly path: readonly FrameStep[] | undefined;
}

/** What a reporter needs of its run. */
export interface ReporterOptions {
  readonly runId: string;
  /** Says nothing at all. */
  readonly quiet: boolean;
  readonly host: Pick<RunHost, 'clock' | 'feed' | 'onListenerError'>;
}

/** Says what happens in a run, to its listeners and those of the engine. Unheard events are counted and not made. */
export class Reporter {
  readonly feed: Feed<RunEvent>;
  readonly #options: ReporterOptions;
  #sequence = 0;

  constructor(options: ReporterOptions) {
    this.#options = options;
    this.feed = new Feed(options.host.onListenerError);
  }

  runStarted(nodes: () => readonly NodeId[], trigger: RunTrigger | undefined): void {
    if (!this.#isHeard()) return;
    this.#emit({ kind: 'run-started', nodes: nodes(), ...(trigger === undefined ? {} : { trigger }) });
  }

  queued(node: NodeId): void {
    if (this.#isHeard()) this.#emit({ kind: 'node-queued', node });
  }

  started(place: Place, node: number): void {
    if (this.#isHeard()) this.#emitAt(place, { kind: 'node-started', node: idAt(place, node) });
  }

  /** What the code of a node says while it runs. */
  told(place: Place, node: number, event: Telling): void {
    if (this.#isHeard()) this.#emitAt(place, bodyOf(idAt(place, node), event));
  }

  succeeded(place: Place, node: number, durationMs: number, cached: boolean, book: Pick<NodeBook, 'outputsOf'>): void {
    if (!this.#isHeard()) return;
    const outputs = book.outputsOf(node) ?? {};
    this.#emitAt(place, { kind: 'node-succeeded', node: idAt(place, node), durationMs, cached, outputs });
  }

  failed(place: Place, node: number, durationMs: number, error: NodeError): void {
    if (this.#isHeard()) this.#emitAt(place, { kind: 'node-failed', node: idAt(place, node), durationMs, error });
  }

  skipped(place: Place, node: number, reason: SkipReason): void {
    if (this.#isHeard()) this.#emitAt(place, { kind: 'node-skipped', node: idAt(place, node), reason });
  }

  cancelled(place: Place, node: number): void {
    if (this.#isHeard()) this.#emitAt(place, { kind: 'node-cancelled', node: idAt(place, node) });
  }

  retrying(place: Place, node: number, attempt: number, error: NodeError): void {
    if (this.#isHeard()) this.#emitAt(place, { kind: 'node-retrying', node: idAt(place, node), attempt, error });
  }

  /** `frame` is the pass that begins or ends, `node` its container. */
  frameStarted(frame: Place, node: NodeId): void {
    if (this.#isHeard()) this.#emitAt(frame, { kind: 'frame-started', node });
  }

  frameFinished(frame: Place, node: NodeId, status: 'succeeded' | 'failed' | 'cancelled'): void {
    if (this.#isHeard()) this.#emitAt(frame, { kind: 'frame-finished', node, status });
  }

  /** Says something that is about no frame. */
  say(make: () => RunEventBody): void {
    if (this.#isHeard()) this.#emit(make());
  }

  runFinished(status: RunStatus, counts: RunCounts, durationMs: number): void {
    if (this.#isHeard()) this.#emit({ kind: 'run-finished', status, counts, durationMs });
  }

  /** Whether anybody listens: what is told otherwise need not be made. */
  get isHeard(): boolean {
    const { quiet, host } = this.#options;
    return !quiet && (this.feed.isActive || host.feed.isActive);
  }

  /** Counts events that nobody hears. */
  countUnheard(events: number): void {
    this.#sequence += events;
  }

  /** Delivers what is waiting now. */
  flush(): void {
    this.feed.flush();
    this.#options.host.feed.flush();
  }

  /** Asked once for each event: without listeners it takes the event's number. */
  #isHeard(): boolean {
    if (this.isHeard) return true;
    this.#sequence++;
    return false;
  }

  #emitAt({ path }: Place, body: RunEventBody): void {
    if (path) Object.assign(body, { frame: path });
    this.#emit(body);
  }

  #emit(body: RunEventBody): void {
    const { runId, host } = this.#options;
    // The body is ours and new: adding to it costs less than copying it.
    const event = Object.assign(body, { runId, sequence: this.#sequence++, at: host.clock.now() }) as RunEvent;
    this.feed.emit(event);
    host.feed.emit(event);
  }
}

function idAt({ flow }: Place, node: number): NodeId {
  return flow.ids[node] as NodeId; // every index has an id
}

function bodyOf(node: NodeId, event: Telling): RunEventBody {
  switch (event.kind) {
    case 'output':
      return { kind: 'node-output', node, stream: event.stream, text: event.text };
    case 'progress': {
      const { fraction, message } = event;
      return { kind: 'node-progress', node, fraction, ...(message === undefined ? {} : { message }) };
    }
    case 'metric':
      return { kind: 'node-metric', node, name: event.name, value: event.value, step: event.step };
    case 'asked':
      return { kind: 'node-asked', node, question: event.question, prompt: event.prompt };
    case 'answered':
      return { kind: 'node-answered', node, question: event.question };
    default:
      return assertNever(event, 'event of a task');
  }
}
