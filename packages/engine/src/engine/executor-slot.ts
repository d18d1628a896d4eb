import type { Environment, NodeType, TypeId } from '@loom/graph';
import type { Definition, Executor, ExecutorEvent } from '../executor.js';
import { faultFrom } from '../fault.js';
import type { NodeError } from '../node-error.js';

/** A revision of a node type that the executor knows, or is being told. */
interface Defined {
  readonly revision: string;
  /** Until it has been told. */
  readonly pending: Promise<void> | undefined;
}

/** What an engine knows of one of its executors: whether it is ready, what it was told, and which lanes are free. */
export class ExecutorSlot {
  readonly executor: Executor;
  freeLanes: number;
  #started = false;
  #starting: Promise<void> | undefined;
  /** The environment that was prepared last, as text, and the last object that was the same. */
  #prepared: string | undefined;
  #known: Environment | undefined;
  readonly #defined = new Map<TypeId, Defined>();
  /** Counts workers: what one was told says nothing of the next. */
  #worker = 0;

  constructor(executor: Executor) {
    this.executor = executor;
    this.freeLanes = Math.max(1, executor.capabilities.lanes);
  }

  get isStarted(): boolean {
    return this.#started;
  }

  /** Whether the environment is ready. */
  isPrepared(environment: Environment): boolean {
    if (!this.#started || this.#prepared === undefined) return false;
    if (environment === this.#known) return true;
    if (this.#prepared !== JSON.stringify(environment)) return false;
    this.#known = environment;
    return true;
  }

  /** Rejects with what went wrong. */
  async start(): Promise<void> {
    if (this.#started) return;
    this.#starting ??= this.executor.start().then(
      () => {
        this.#started = true;
        this.#starting = undefined;
      },
      (error: unknown) => {
        // The next run tries again.
        this.#starting = undefined;
        throw error;
      },
    );
    await this.#starting;
  }

  /** Starts; resolves to what went wrong, if anything did. */
  async tryStart(): Promise<NodeError | undefined> {
    try {
      await this.start();
      return undefined;
    } catch (error) {
      return this.#failure('executor/failed-to-start', `"${this.executor.id}" could not be started.`, error);
    }
  }

  /** Prepares the environment; resolves to what went wrong, if anything did. */
  async prepare(environment: Environment): Promise<NodeError | undefined> {
    const worker = this.#worker;
    try {
      await this.executor.prepare(environment);
      if (worker === this.#worker) {
        this.#prepared = JSON.stringify(environment);
        this.#known = environment;
      }
      return undefined;
    } catch (error) {
      return this.#failure('executor/failed-to-prepare', 'What the flow requires could not be made ready.', error);
    }
  }

  /** The types among these that the executor does not know in this revision, and is not being told. */
  undefinedTypes(types: Iterable<NodeType>): Definition[] {
    const definitions: Definition[] = [];
    for (const { id, implementation, outputs } of types) {
      if (implementation.kind !== 'source' && implementation.kind !== 'function') continue;
      if (this.#defined.get(id)?.revision === implementation.revision) continue;
      const streams = outputs.filter((port) => port.type.kind === 'stream').map((port) => port.id);
      definitions.push({
        typeId: id,
        implementation,
        outputs: outputs.map((port) => port.id),
        ...(streams.length === 0 ? {} : { streams }),
      });
    }
    return definitions;
  }

  /** Tells the executor what it does not know of these types. Undefined when it knows them all; otherwise rejects when it refuses one. */
  define(types: ReadonlySet<NodeType>): Promise<void> | undefined {
    const definitions = this.undefinedTypes(types);
    if (definitions.length > 0) this.#define(definitions);
    const pending = new Set<Promise<void>>();
    for (const { id } of types) {
      const telling = this.#defined.get(id)?.pending;
      if (telling) pending.add(telling);
    }
    return pending.size === 0 ? undefined : Promise.all(pending).then(() => undefined);
  }

  /** Forgets what a new worker may not know. */
  noteEvent(event: ExecutorEvent): void {
    if (event.kind !== 'status') return;
    switch (event.status.state) {
      case 'restarting':
      case 'failed':
      case 'disposed':
        this.#worker++;
        this.#defined.clear();
        this.#prepared = undefined;
        this.#started = false;
        return;
      default:
    }
  }

  #define(definitions: readonly Definition[]): void {
    const told = new Promise<void>((resolve) => resolve(this.executor.define(definitions)));
    const entries = definitions.map(({ typeId, implementation }) => {
      const { revision } = implementation;
      const entry: Defined = { revision, pending: told };
      this.#defined.set(typeId, entry);
      return { typeId, entry };
    });
    const settle = (known: boolean): void => {
      for (const { typeId, entry } of entries) {
        // Another revision, or another worker, is not spoken of.
        if (this.#defined.get(typeId) !== entry) continue;
        if (known) this.#defined.set(typeId, { revision: entry.revision, pending: undefined });
        else this.#defined.delete(typeId);
      }
    };
    told.then(
      () => settle(true),
      () => settle(false),
    );
  }

  #failure(code: string, summary: string, thrown: unknown): NodeError {
    const cause = faultFrom(thrown, code);
    return { code, message: `${summary} ${cause.message}`, frames: [], cause };
  }
}
