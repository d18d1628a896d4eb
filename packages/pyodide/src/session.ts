import type { RuntimeDefinition } from '@loom/python';
import { Connection } from './connection.js';
import type { HandleSpace } from './handle-space.js';
import type { InterruptRequest } from './worker/interrupt-gate.js';
import type { WorkerLink } from './worker-link.js';

/** One life of the worker: its connection, its values, and which node types it knows. */
export class Session {
  readonly connection: Connection;
  readonly handles: HandleSpace;
  readonly interrupt: InterruptRequest | undefined;
  readonly #known = new Map<string, RuntimeDefinition>();

  constructor(link: WorkerLink, handles: HandleSpace, interrupt: InterruptRequest | undefined) {
    this.connection = new Connection(link);
    this.handles = handles;
    this.interrupt = interrupt;
  }

  /** Sends the definitions that this worker does not have yet. Asked often, sends seldom. */
  async define(definitions: ReadonlyMap<string, RuntimeDefinition>): Promise<void> {
    const news = [...definitions.values()].filter((definition) => this.#known.get(definition.typeId) !== definition);
    if (news.length === 0) return;
    for (const definition of news) this.#known.set(definition.typeId, definition);
    await this.connection.call('define', JSON.stringify(news));
  }
}
