import { type Clock, systemClock } from '../../clock.js';
import { abortedError, closedError, throwIfAborted } from '../refusal.js';
import type { ResultTier, StoredResult } from '../result-tier.js';
import { isStoredResult, sizeOf } from '../stored-result.js';
import { Connection, STORES } from './connection.js';
import { isConnectionLost, isQuotaExceeded, tierFault } from './fault.js';
import { makeRoom, readTotal, removeResult, writeTotal, writeUse, writeUses } from './room.js';
import { resultOf, transact } from './transaction.js';

const DEFAULT_BYTES = 256 * 1024 * 1024;

const ALL_STORES = Object.values(STORES);

/** The least step between two uses, so that their order is kept even within one reading of the clock. */
const USE_STEP_MS = 0.001;

/** Options of {@link indexedDbTier}. */
export interface IndexedDbTierOptions {
  /** The name of the database: of the app, since all that a site shows shares one space of names. */
  readonly name: string;
  /** About how much it may hold, over all tabs. @default 268435456 (256 MiB) */
  readonly maxBytes?: number;
  /** @default the platform's */
  readonly clock?: Clock;
  /** @default the global one, looked up when first needed */
  readonly indexedDB?: IDBFactory;
}

/**
 * A tier that survives the page: results in an IndexedDB database, values as they are with their buffers. Tabs and workers of
 * one site share it. Nothing is opened before the first call.
 *
 * Calls reject with `tier/unavailable` where there is no IndexedDB or it may not be used, `tier/quota` when the browser has
 * no room, `tier/blocked` and `tier/timed-out` when it does not answer in time, and `tier/not-storable`. After a database
 * could not be opened, calls reject at once for 30 seconds before it is tried again.
 *
 * @example
 * ```ts
 * const tier = indexedDbTier({ name: 'my-app-results', maxBytes: 100_000_000 });
 * ```
 */
export function indexedDbTier(options: IndexedDbTierOptions): ResultTier {
  return new IndexedDbTier(options);
}

class IndexedDbTier implements ResultTier {
  readonly #name: string;
  readonly #maxBytes: number;
  readonly #clock: Clock;
  readonly #connection: Connection;
  /** Uses that are not written yet, in order. */
  readonly #uses = new Map<string, number>();
  #lastUse = 0;
  #writingUses: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: IndexedDbTierOptions) {
    this.#name = options.name;
    this.#maxBytes = options.maxBytes ?? DEFAULT_BYTES;
    this.#clock = options.clock ?? systemClock;
    this.#connection = new Connection({
      name: options.name,
      clock: this.#clock,
      factory: () => options.indexedDB ?? (globalThis as { readonly indexedDB?: IDBFactory }).indexedDB,
    });
  }

  async get(key: string, signal?: AbortSignal): Promise<StoredResult | undefined> {
    this.#checkOpen();
    throwIfAborted(signal);
    const reading = this.#transact('readonly', [STORES.results], (transaction) =>
      resultOf<unknown>(transaction.objectStore(STORES.results).get(key)),
    );
    const found = await orAborted(reading, signal);
    if (found === undefined) return undefined;
    if (!isStoredResult(found)) {
      await this.#remove(key);
      return undefined;
    }
    this.#noteUse(key);
    return { outputs: found.outputs };
  }

  async set(key: string, result: StoredResult): Promise<void> {
    this.#checkOpen();
    const bytes = sizeOf(key, result);
    if (bytes > this.#maxBytes) return this.#remove(key);
    try {
      await this.#write(key, result, bytes);
    } catch (error) {
      if (!isQuotaExceeded(error)) throw tierFault(this.#name, error);
      // The browser's bound is lower than ours, and shared with whatever else the site stores.
      await this.#halve();
      await this.#write(key, result, bytes).catch((again: unknown) => {
        throw tierFault(this.#name, again);
      });
    }
  }

  async delete(key: string): Promise<void> {
    this.#checkOpen();
    await this.#remove(key);
  }

  async clear(): Promise<void> {
    this.#checkOpen();
    this.#uses.clear();
    await this.#transact('readwrite', ALL_STORES, async (transaction) => {
      for (const store of ALL_STORES) transaction.objectStore(store).clear();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writingUses;
    await this.#connection.close();
  }

  #checkOpen(): void {
    if (this.#isClosed) throw closedError();
  }

  async #remove(key: string): Promise<void> {
    this.#uses.delete(key);
    await this.#transact('readwrite', ALL_STORES, async (transaction) => {
      const [total, before] = await Promise.all([readTotal(transaction), removeResult(transaction, key)]);
      writeTotal(transaction, total - before);
    });
  }

  async #write(key: string, { outputs }: StoredResult, bytes: number): Promise<void> {
    const uses = [...this.#uses];
    await this.#transactRaw('readwrite', ALL_STORES, async (transaction) => {
      await writeUses(transaction, uses);
      const [total, before] = await Promise.all([readTotal(transaction), removeResult(transaction, key)]);
      const left = await makeRoom(transaction, total - before, this.#maxBytes - bytes);
      transaction.objectStore(STORES.results).put({ outputs }, key);
      writeUse(transaction, key, { bytes, usedAt: this.#nextUse() });
      writeTotal(transaction, left + bytes);
    });
    this.#forgetUses(uses);
  }

  async #halve(): Promise<void> {
    await this.#transact('readwrite', ALL_STORES, async (transaction) => {
      const total = await readTotal(transaction);
      writeTotal(transaction, await makeRoom(transaction, total, total / 2));
    });
  }

  /** A thousand reads in a row write their uses in a few transactions, and none waits for that. */
  #noteUse(key: string): void {
    this.#uses.delete(key);
    this.#uses.set(key, this.#nextUse());
    this.#writingUses ??= this.#writeAllUses().finally(() => {
      this.#writingUses = undefined;
    });
  }

  async #writeAllUses(): Promise<void> {
    try {
      while (this.#uses.size > 0) {
        const uses = [...this.#uses];
        await this.#transact('readwrite', [STORES.uses], (transaction) => writeUses(transaction, uses));
        this.#forgetUses(uses);
      }
    } catch {
      // What is used least is a guess anyway; whoever reads or writes a result hears of the fault.
      this.#uses.clear();
    }
  }

  /** Those that were written, unless they are newer by now. */
  #forgetUses(uses: readonly (readonly [string, number])[]): void {
    for (const [key, usedAt] of uses) if (this.#uses.get(key) === usedAt) this.#uses.delete(key);
  }

  #nextUse(): number {
    this.#lastUse = Math.max(this.#clock.now(), this.#lastUse + USE_STEP_MS);
    return this.#lastUse;
  }

  async #transact<Result>(
    mode: 'readonly' | 'readwrite',
    stores: readonly string[],
    work: (transaction: IDBTransaction) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await this.#transactRaw(mode, stores, work);
    } catch (error) {
      throw tierFault(this.#name, error);
    }
  }

  /** Once more with a new connection when the old one was lost. Everything that is done here may be done twice. */
  async #transactRaw<Result>(
    mode: 'readonly' | 'readwrite',
    stores: readonly string[],
    work: (transaction: IDBTransaction) => Promise<Result>,
  ): Promise<Result> {
    const database = await this.#connection.open();
    try {
      return await transact(database, mode, stores, this.#clock, work);
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      this.#connection.lose(database);
      return transact(await this.#connection.open(), mode, stores, this.#clock, work);
    }
  }
}

function orAborted<Result>(promise: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(abortedError(signal));
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
