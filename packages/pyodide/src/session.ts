import type { RuntimeDefinition } from '@loom/python';
import type { Connection } from './connection.js';
import type { HandleSpace } from './handle-space.js';
import type { InterruptRequest } from './worker/interrupt-gate.js';

/** One life of the worker: its connection, its values, and which node types it knows. */
export class Session {
  readonly connection: Connection;
  readonly handles: HandleSpace;
  readonly interrupt: InterruptRequest | undefined;
  readonly #known = new Map<string, RuntimeDefinition>();

  constructor(connection: Connection, handles: HandleSpace, interrupt: InterruptRequest | undefined) {
    this.connection = connection;
    this.handles = handles;
    this.interrupt = interrupt;
  }

  /** Which of these the worker must be told of; from now on it has been. It keeps the last one told of each type. */
  news(definitions: readonly RuntimeDefinition[]): readonly RuntimeDefinition[] {
    const news = definitions.filter((definition) => this.#known.get(definition.typeId) !== definition);
    for (const definition of news) this.#known.set(definition.typeId, definition);
    return news;
  }
}
