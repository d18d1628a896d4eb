import { type FlowDocument, type Json, LoomError, type NodeId } from '@loom/graph';
import type { Run } from '../api.js';
import { type Clock, systemClock } from '../clock.js';
import { Feed } from '../engine/feed.js';
import type { Engine } from '../engine-api.js';
import { eventNodes } from './event-nodes.js';
import type { EventPayload, EventSource } from './event-source.js';
import { HostEvents } from './host-source.js';
import type { LiveEvent, LiveFlow, LiveOptions, LiveState } from './live-flow.js';
import { type LiveEventBody, LiveNode } from './live-node.js';
import { timerSource } from './timer-source.js';

/**
 * Makes a flow live: each of its event nodes listens to its source, and each firing begins a child run of what depends on
 * it. Nothing runs until something fires. Stop it before the engine is disposed of.
 *
 * @throws LoomError `event/duplicate-source` when two sources have one name
 * @example
 * ```ts
 * const live = goLive(engine, document, { sources: [fileSource] });
 * live.emit('order', { id: 7 });
 * await live.stop();
 * ```
 */
export function goLive(
  engine: Pick<Engine, 'run' | 'library'>,
  document: FlowDocument,
  options: LiveOptions = {},
): LiveFlow {
  return new RunningFlow(engine, document, options);
}

class RunningFlow implements LiveFlow {
  readonly #engine: Pick<Engine, 'run' | 'library'>;
  readonly #options: LiveOptions;
  readonly #clock: Clock;
  readonly #onListenerError: (error: unknown) => void;
  readonly #hostEvents = new HostEvents();
  readonly #sources: ReadonlyMap<string, EventSource>;
  readonly #nodes = new Map<NodeId, LiveNode>();
  readonly #feed: Feed<LiveEvent>;
  #document: FlowDocument;
  #status: LiveState['status'] = 'live';
  #state: LiveState | undefined;
  #stopping: Promise<void> | undefined;

  constructor(engine: Pick<Engine, 'run' | 'library'>, document: FlowDocument, options: LiveOptions) {
    this.#engine = engine;
    this.#document = document;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#sources = sourcesByName([timerSource, this.#hostEvents.source, ...(options.sources ?? [])]);
    this.#onListenerError = options.onListenerError ?? ((error) => console.error(error));
    this.#feed = new Feed(this.#onListenerError);
    // Somebody always listens, so that what is told now reaches who subscribes in this turn.
    this.#feed.subscribe(() => undefined);
    this.#listen();
  }

  get state(): LiveState {
    this.#state ??= {
      status: this.#status,
      nodes: new Map(
        Array.from(this.#nodes.values())
          .filter((node) => node.isListed)
          .map((node) => [node.id, node.state]),
      ),
    };
    return this.#state;
  }

  emit(name: string, payload: Json = null): number {
    return this.#hostEvents.emit(name, payload);
  }

  update(document: FlowDocument): void {
    if (this.#status !== 'live' || document === this.#document) return;
    this.#document = document;
    this.#listen();
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  subscribe(listener: (events: readonly LiveEvent[]) => void): () => void {
    return this.#feed.subscribe(listener);
  }

  #listen(): void {
    const listening = eventNodes(this.#document, this.#engine.library);
    const listed = new Set(listening.map(({ id }) => id));
    for (const node of this.#nodes.values()) if (node.isListed && !listed.has(node.id)) this.#leave(node);
    for (const eventNode of listening) {
      let node = this.#nodes.get(eventNode.id);
      if (!node) {
        node = this.#createNode(eventNode.id);
        this.#nodes.set(eventNode.id, node);
      }
      node.listen(eventNode);
    }
    this.#state = undefined;
  }

  /** It is kept until nothing of it goes on: should it come back, a new source waits for the old one. */
  #leave(node: LiveNode): void {
    node.leave();
    void node.ended().then(() => {
      if (!node.isListed && this.#status === 'live') this.#nodes.delete(node.id);
    });
  }

  #createNode(id: NodeId): LiveNode {
    return new LiveNode(id, {
      clock: this.#clock,
      sourceOf: (name) => this.#sources.get(name),
      begin: (node, payload, firing) => this.#begin(node, payload, firing),
      tell: (event) => this.#tell(event),
      onChanged: () => {
        this.#state = undefined;
      },
    });
  }

  #begin(node: NodeId, payload: EventPayload, firing: number): Run {
    const { inputs, timeoutMs, onError, onRun } = this.#options;
    const run = this.#engine.run(this.#document, {
      targets: { kind: 'from', nodes: [node] },
      pins: { [node]: payload },
      trigger: { node, firing },
      ...(onRun ? {} : { ignoreBreakpoints: true }),
      ...(inputs ? { inputs } : {}),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(onError ? { onError } : {}),
    });
    try {
      onRun?.(run);
    } catch (error) {
      this.#onListenerError(error);
    }
    return run;
  }

  async #stop(): Promise<void> {
    this.#status = 'stopping';
    this.#state = undefined;
    await Promise.all(Array.from(this.#nodes.values(), (node) => node.stop()));
    this.#status = 'stopped';
    this.#tell({ kind: 'live-stopped' });
    this.#feed.flush();
    this.#feed.clear();
  }

  #tell(body: LiveEventBody): void {
    this.#state = undefined;
    this.#feed.emit({ ...body, at: this.#clock.now() });
  }
}

function sourcesByName(sources: readonly EventSource[]): ReadonlyMap<string, EventSource> {
  const byName = new Map<string, EventSource>();
  for (const source of sources) {
    if (byName.has(source.name)) {
      throw new LoomError('event/duplicate-source', `Two event sources are called "${source.name}". Rename one.`);
    }
    byName.set(source.name, source);
  }
  return byName;
}
