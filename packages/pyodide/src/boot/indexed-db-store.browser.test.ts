import { afterEach, expect, it } from 'vitest';
import { IndexedDbStore } from './indexed-db-store.js';

const snapshot = (text: string) => new Blob([text]);

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
  await store.put('a', snapshot('1'));
  await store.put('b', snapshot('2'));
  await store.put('a', snapshot('3'));
  await store.put('c', snapshot('4'));
  const found = await Promise.all(['a', 'b', 'c'].map(async (key) => (await store.get(key))?.text()));
  expect(found).toEqual(['3', undefined, '4']);
});

it('forgets one that is deleted, and knows none that was never there', async () => {
  const store = new IndexedDbStore();
  await store.put('a', snapshot('1'));
  await store.delete('a');
  await store.delete('a');
  expect(await store.get('a')).toBeUndefined();
});
