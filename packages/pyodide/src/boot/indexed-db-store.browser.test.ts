import { afterEach, expect, it } from 'vitest';
import { IndexedDbStore } from './indexed-db-store.js';

const bytes = (...values: number[]) => new Uint8Array(values).buffer;

afterEach(
  () =>
    new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase('loom-pyodide');
      request.onsuccess = () => resolve();
      request.onerror = () => reject(request.error);
    }),
);

it('keeps two, and the newest of each name', async () => {
  const store = new IndexedDbStore();
  await store.put('a', bytes(1));
  await store.put('b', bytes(2));
  await store.put('a', bytes(3));
  await store.put('c', bytes(4));
  const found = await Promise.all(['a', 'b', 'c'].map((key) => store.get(key)));
  expect(found).toEqual([bytes(3), undefined, bytes(4)]);
});

it('forgets one that is deleted, and knows none that was never there', async () => {
  const store = new IndexedDbStore();
  await store.put('a', bytes(1));
  await store.delete('a');
  await store.delete('a');
  expect(await store.get('a')).toBeUndefined();
});
