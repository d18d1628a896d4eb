import { LoomError } from '@loom/graph';
import { type FlowStorage, type FlowStorageLimits, MAX_KEPT_CHARACTERS, MAX_KEPT_FLOWS } from './flow-storage.js';
import { assertKeepable, readKept, surplusKeys } from './kept-bounds.js';

const STORE = 'flows';
/** Times apart from texts, so that looking for the oldest flow does not read all flows. */
const TIMES = 'times';

/** A database that does not answer, such as one that another tab holds, is given up after this long, in milliseconds. */
const ANSWER_MS = 10_000;

/** Options of {@link createIndexedDbStorage}. */
export interface IndexedDbStorageOptions extends FlowStorageLimits {
  /** The name of the database. @default 'loom-flows' */
  readonly name?: string;
}

/**
 * Keeps flows in the browser, over reloads and crashes. The database is opened for each use and closed again, so that
 * nothing has to be disposed of.
 *
 * @example
 * ```tsx
 * const drafts = createIndexedDbStorage();
 * <LoomEditor storage={{ adapter: drafts, key: 'report' }} library={library} />
 * ```
 */
export function createIndexedDbStorage(options: IndexedDbStorageOptions = {}): FlowStorage {
  const { name = 'loom-flows', maxFlows = MAX_KEPT_FLOWS, maxCharacters = MAX_KEPT_CHARACTERS } = options;

  async function use<T>(mode: IDBTransactionMode, work: (flows: IDBObjectStore, times: IDBObjectStore) => Promise<T>) {
    const database = await open(name);
    try {
      const transaction = database.transaction([STORE, TIMES], mode);
      const committed = inTime(
        new Promise<void>((resolve, reject) => {
          transaction.oncomplete = () => resolve();
          transaction.onabort = () => reject(storageError('could not be written', transaction.error));
        }),
      );
      // Whoever fails first is told; the other must not count as forgotten.
      committed.catch(() => undefined);
      const result = await work(transaction.objectStore(STORE), transaction.objectStore(TIMES));
      await committed;
      return result;
    } finally {
      database.close();
    }
  }

  return {
    read: (key) => use('readonly', async (flows) => readKept(await done<unknown>(flows.get(key)))),
    async write(key, kept) {
      assertKeepable(kept, maxCharacters);
      await use('readwrite', async (flows, times) => {
        await done(flows.put(kept, key));
        await done(times.put(kept.savedAt, key));
        const [keys, ages] = [await done(times.getAllKeys()), await done<unknown[]>(times.getAll())];
        const savedAt = new Map(keys.map((other, at) => [String(other), Number(ages[at])]));
        for (const surplus of surplusKeys(savedAt, key, maxFlows)) {
          await done(flows.delete(surplus));
          await done(times.delete(surplus));
        }
      });
    },
    remove: (key) =>
      use('readwrite', async (flows, times) => {
        await done(flows.delete(key));
        await done(times.delete(key));
      }),
  };
}

function open(name: string): Promise<IDBDatabase> {
  if (typeof indexedDB === 'undefined') return Promise.reject(storageError('is not there', undefined));
  let late = false;
  const opened = new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      for (const store of [STORE, TIMES]) request.result.createObjectStore(store);
    };
    request.onerror = () => reject(storageError('cannot be opened', request.error));
    request.onsuccess = () => {
      const database = request.result;
      // A newer version of the page in another tab may want to change the database.
      database.onversionchange = () => database.close();
      if (late) database.close();
      else resolve(database);
    };
  });
  return inTime(opened).catch((error: unknown) => {
    late = true;
    throw error;
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return inTime(
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(storageError('could not be used', request.error));
    }),
  );
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(storageError('does not answer', undefined)), ANSWER_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function storageError(what: string, cause: DOMException | null | undefined): LoomError {
  const full = cause?.name === 'QuotaExceededError' ? ' There is no room left: free some in the browser.' : '';
  const detail = full === '' && cause?.message ? ` ${cause.message}` : full;
  return new LoomError('storage/failed', `The storage of this browser ${what}.${detail}`, { cause });
}
