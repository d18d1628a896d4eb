import { LoomError } from '@loom/graph';
import type { Clock } from '../../clock.js';
import { closedError } from '../refusal.js';
import { tierFault } from './fault.js';

/** Raised when the stores change. The upgrade then has to bring everything along, or to clear it. */
const VERSION = 1;

/** Opening waits for other tabs, and in some browsers for ever. */
const OPEN_TIMEOUT_MS = 5_000;

/** How long the tier stays out of service after it could not be opened, so that a run does not wait for every key. */
const RETRY_AFTER_MS = 30_000;

/** What is where: results by key; for each its size and last use; and the sum of all sizes. */
export const STORES = { results: 'results', uses: 'uses', totals: 'totals' } as const;

/** The index of {@link STORES.uses} in the order of last use. */
export const BY_USE = 'by-use';

/** What a connection needs. */
export interface ConnectionOptions {
  readonly name: string;
  /** Asked when a connection is first needed; throws or gives nothing where there is no IndexedDB. */
  readonly factory: () => IDBFactory | undefined;
  readonly clock: Clock;
}

/** The connection to a database: opened when needed, given up when another tab or the browser wants that. */
export class Connection {
  readonly #options: ConnectionOptions;
  #opening: Promise<IDBDatabase> | undefined;
  #database: IDBDatabase | undefined;
  #failure: { readonly error: LoomError; readonly until: number } | undefined;
  #isClosed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** The open database. Everybody who asks at the same time waits for the same one. */
  async open(): Promise<IDBDatabase> {
    if (this.#isClosed) throw closedError();
    if (this.#failure && this.#options.clock.now() < this.#failure.until) throw this.#failure.error;
    this.#opening ??= this.#open();
    const opening = this.#opening;
    try {
      return await opening;
    } catch (error) {
      if (this.#opening === opening) this.#fail(tierFault(this.#options.name, error));
      throw tierFault(this.#options.name, error);
    }
  }

  /** Lets a connection go. Whoever still holds it hears so from its next transaction, and asks for another. */
  lose(database: IDBDatabase): void {
    database.close();
    if (this.#database !== database) return;
    this.#database = undefined;
    this.#opening = undefined;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const opening = this.#opening;
    this.#opening = undefined;
    // One that could not be opened need not be closed.
    (await opening?.catch(() => undefined))?.close();
  }

  #fail(error: LoomError): void {
    this.#opening = undefined;
    this.#failure = { error, until: this.#options.clock.now() + RETRY_AFTER_MS };
  }

  #open(): Promise<IDBDatabase> {
    const { name, factory, clock } = this.#options;
    return new Promise((resolve, reject) => {
      const indexedDB = factory();
      if (!indexedDB) throw new LoomError('tier/unavailable', 'There is no IndexedDB here. Use memoryTier instead.');
      const request = indexedDB.open(name, VERSION);
      let isBlocked = false;
      const timer = clock.setTimeout(() => {
        const code = isBlocked ? 'tier/blocked' : 'tier/timed-out';
        const message = `The database "${name}" did not open within ${OPEN_TIMEOUT_MS / 1_000} seconds. Close other tabs of this site.`;
        reject(new LoomError(code, message, { context: { database: name } }));
        // Should it open after all, it must not stay open for nobody.
        request.onsuccess = () => request.result.close();
      }, OPEN_TIMEOUT_MS);
      request.onblocked = () => {
        isBlocked = true;
      };
      request.onupgradeneeded = () => createStores(request.result);
      request.onerror = (event) => {
        // Firefox would report it as an error of the page as well.
        event.preventDefault();
        clock.clearTimeout(timer);
        reject(request.error);
      };
      request.onsuccess = () => {
        clock.clearTimeout(timer);
        this.#failure = undefined;
        const database = request.result;
        // Another tab deletes the database or brings a newer one: it must not wait for us.
        database.onversionchange = () => this.lose(database);
        database.onclose = () => this.lose(database);
        this.#database = database;
        resolve(database);
      };
    });
  }
}

function createStores(database: IDBDatabase): void {
  database.createObjectStore(STORES.results);
  database.createObjectStore(STORES.uses).createIndex(BY_USE, 'usedAt');
  database.createObjectStore(STORES.totals);
}
