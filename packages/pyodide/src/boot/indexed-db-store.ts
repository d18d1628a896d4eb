import { LoomError } from '@loom/graph';
import type { SnapshotStore } from './snapshots.js';

const DATABASE = 'loom-pyodide';
const STORE = 'snapshots';
/** One for the page, and one for another version of it that is open beside it. */
const MOST = 2;
/** Another tab may hold the database up; a start without a snapshot is better than to wait for long. */
const PATIENCE_MS = 5_000;

interface Stored {
  readonly key: string;
  readonly snapshot: Blob;
}

/**
 * Snapshots in IndexedDB: they outlive the page. The oldest go. A stored `ArrayBuffer` of 31 MB takes Chromium 140 ms to
 * give back, most of them on the page's own thread; a `Blob` and reading it in the worker take 22 ms.
 */
export class IndexedDbStore implements SnapshotStore {
  get(key: string): Promise<Blob | undefined> {
    return this.#perform('readonly', async (store) => {
      const stored = (await answer(store.index('key').get(key))) as Stored | undefined;
      return stored?.snapshot;
    });
  }

  put(key: string, snapshot: Blob): Promise<void> {
    return this.#perform('readwrite', async (store) => {
      // Keys of the store count up, so the first ones are the oldest.
      const [same, all] = await Promise.all([answer(store.index('key').getKey(key)), answer(store.getAllKeys())]);
      const others = all.filter((each) => each !== same);
      const old = others.slice(0, Math.max(0, others.length - (MOST - 1)));
      for (const each of [...old, ...(same === undefined ? [] : [same])]) store.delete(each);
      await answer(store.add({ key, snapshot } satisfies Stored));
    });
  }

  delete(key: string): Promise<void> {
    return this.#perform('readwrite', async (store) => {
      const found = await answer(store.index('key').getKey(key));
      if (found !== undefined) await answer(store.delete(found));
    });
  }

  async #perform<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { autoIncrement: true }).createIndex('key', 'key', { unique: true });
    };
    const working = answer(request).then(async (database) => {
      try {
        return await work(database.transaction(STORE, mode).objectStore(STORE));
      } finally {
        database.close();
      }
    });
    return withinPatience(working);
  }
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function withinPatience<T>(working: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LoomError('storage/late', 'IndexedDB does not answer.')), PATIENCE_MS);
  });
  try {
    return await Promise.race([working, late]);
  } finally {
    clearTimeout(timer);
  }
}
