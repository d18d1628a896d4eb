import type { LoomError } from '@loom/graph';
import type { RuntimeDefinition } from '@loom/python';
import type { Connection } from '../link/connection.js';
import type { WorkerSignal } from '../link/protocol.js';
import type { InterruptRequest } from '../worker/interrupt-gate.js';

/** What a worker says of one batch or take. */
export type SequenceSignal = Extract<WorkerSignal, { readonly sequence: number }>;

/** Follows one batch or take to its end. */
export interface Follower {
  onSignal(signal: SequenceSignal): void;
  /** The worker is gone, and nothing comes any more. */
  onLost(reason: LoomError): void;
}

/** One life of a worker: its connection, which node types it knows, and who waits for what. */
export class Session {
  readonly connection: Connection;
  /** Numbers the workers of a pool: each counts its handles from the start. */
  readonly generation: number;
  readonly interrupt: InterruptRequest | undefined;
  /** How many tasks it was given. */
  tasks = 0;
  /** The memory of its interpreter, which never shrinks, as it was last told. */
  heapBytes = 0;
  /** It did not answer while its batch computes: until that ends, values cannot be had from it. */
  isDeaf = false;
  /** The environment that was made ready in it, as text. */
  prepared = '';
  readonly #known = new Map<string, RuntimeDefinition>();
  readonly #followers = new Map<number, Follower>();
  #sequence = 0;

  constructor(connection: Connection, generation: number, interrupt: InterruptRequest | undefined) {
    this.connection = connection;
    this.generation = generation;
    this.interrupt = interrupt;
  }

  /** Which of these the worker must be told of; from now on it has been. It keeps the last one told of each type. */
  news(definitions: Iterable<RuntimeDefinition>): readonly RuntimeDefinition[] {
    const news: RuntimeDefinition[] = [];
    for (const definition of definitions) {
      if (this.#known.get(definition.typeId) === definition) continue;
      this.#known.set(definition.typeId, definition);
      news.push(definition);
    }
    return news;
  }

  /** The node types that it knows. */
  get known(): Iterable<RuntimeDefinition> {
    return this.#known.values();
  }

  /** Gives a number for a batch or take, which none of this worker had before, and says what becomes of it. */
  follow(follower: Follower): number {
    const sequence = ++this.#sequence;
    this.#followers.set(sequence, follower);
    return sequence;
  }

  unfollow(sequence: number): void {
    this.#followers.delete(sequence);
  }

  receive(signal: SequenceSignal): void {
    this.#followers.get(signal.sequence)?.onSignal(signal);
  }

  lose(reason: LoomError): void {
    const followers = [...this.#followers.values()];
    this.#followers.clear();
    for (const follower of followers) follower.onLost(reason);
  }
}
