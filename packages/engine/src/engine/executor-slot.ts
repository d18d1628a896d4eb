import type { Environment, NodeType, TypeId } from '@loom/graph';
import type { Definition, Executor, ExecutorEvent } from '../executor.js';
import { faultFrom } from '../fault.js';
import type { NodeError } from '../node-error.js';

/** What an engine knows of one of its executors: whether it is ready, what it was told, and which lanes are free. */
export class ExecutorSlot {
  readonly executor: Executor;
  freeLanes: number;
  #started = false;
  #starting: Promise<void> | undefined;
  /** The environment that was prepared last, as text. */
  #prepared: string | undefined;
  readonly #defined = new Map<TypeId, string>();

  constructor(executor: Executor) {
    this.executor = executor;
    this.freeLanes = Math.max(1, executor.capabilities.lanes);
  }

  /** Whether tasks with this environment can be sent at once. */
  isReady(environment: Environment): boolean {
    return this.#started && this.#prepared === JSON.stringify(environment);
  }

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

  /** Starts and prepares; resolves to what went wrong, if anything did. */
  async makeReady(environment: Environment): Promise<NodeError | undefined> {
    try {
      await this.start();
    } catch (error) {
      return this.#failure('executor/failed-to-start', `"${this.executor.id}" could not be started.`, error);
    }
    try {
      await this.executor.prepare(environment);
      this.#prepared = JSON.stringify(environment);
      return undefined;
    } catch (error) {
      return this.#failure('executor/failed-to-prepare', 'What the flow requires could not be made ready.', error);
    }
  }

  /** The types among these that the executor has not seen in this revision. */
  undefinedTypes(types: Iterable<NodeType>): Definition[] {
    const definitions: Definition[] = [];
    for (const { id, implementation, outputs } of types) {
      if (implementation.kind !== 'source' && implementation.kind !== 'function') continue;
      if (this.#defined.get(id) === implementation.revision) continue;
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

  async define(definitions: readonly Definition[]): Promise<void> {
    await this.executor.define(definitions);
    for (const { typeId, implementation } of definitions) this.#defined.set(typeId, implementation.revision);
  }

  /** Forgets what a new worker may not know. */
  noteEvent(event: ExecutorEvent): void {
    if (event.kind !== 'status') return;
    switch (event.status.state) {
      case 'restarting':
      case 'failed':
      case 'disposed':
        this.#defined.clear();
        this.#prepared = undefined;
        this.#started = false;
        return;
      default:
    }
  }

  #failure(code: string, summary: string, thrown: unknown): NodeError {
    const cause = faultFrom(thrown, code);
    return { code, message: `${summary} ${cause.message}`, frames: [], cause };
  }
}
