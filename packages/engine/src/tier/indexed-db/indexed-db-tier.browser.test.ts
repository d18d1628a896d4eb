import { simulatedClock } from '@loom/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { codeOf, result, tierContract } from '../tier-contract-fixture.js';
import { type IndexedDbTierOptions, indexedDbTier } from './indexed-db-tier.js';

let databases = 0;
const databaseName = (): string => `loom-tier-test-${performance.timeOrigin}-${databases++}`;

function settle(request: IDBOpenDBRequest): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function tierAt(name: string, options: Partial<IndexedDbTierOptions> = {}) {
  const tier = indexedDbTier({ name, ...options });
  onTestFinished(async () => {
    await tier.close();
    await settle(indexedDB.deleteDatabase(name));
  });
  return tier;
}

tierContract('in IndexedDB', (maxBytes) => tierAt(databaseName(), { maxBytes }));

it('keeps results over closing, and shares them with others of the same name', async () => {
  const name = databaseName();
  const first = tierAt(name);
  const second = tierAt(name);
  await first.set('a', result('1', [1, 2, 3]));
  expect(await second.get('a')).toEqual(result('1', [1, 2, 3]));
  await first.close();
  await second.close();
  expect(await tierAt(name).get('a')).toEqual(result('1', [1, 2, 3]));
});

it('remembers what was used when it is opened again', async () => {
  const name = databaseName();
  const maxBytes = 700;
  const first = tierAt(name, { maxBytes });
  for (const key of ['a', 'b', 'c']) await first.set(key, result('x'));
  await first.get('a');
  await first.close();
  const second = tierAt(name, { maxBytes });
  await second.set('long', result('x', Array(300).fill(0)));
  expect(await second.get('b')).toBeUndefined();
  expect(await second.get('a')).toEqual(result('x'));
});

it('begins anew when another tab deletes the database, which need not wait', async () => {
  const name = databaseName();
  const tier = tierAt(name);
  await tier.set('a', result('1'));
  const deletion = indexedDB.deleteDatabase(name);
  await settle(deletion);
  expect(await tier.get('a')).toBeUndefined();
  await tier.set('a', result('2'));
  expect(await tier.get('a')).toEqual(result('2'));
});

it('makes way for a newer version, and says so afterwards', async () => {
  const name = databaseName();
  const tier = tierAt(name);
  await tier.set('a', result('1'));
  const newer = await settle(indexedDB.open(name, 99));
  expect(newer.version).toBe(99);
  const fault = await tier.get('a').catch((error: unknown) => error);
  newer.close();
  expect(fault).toMatchObject({ code: 'tier/unavailable', message: expect.stringContaining('newer version') });
});

it('refuses a database that is something else’s', async () => {
  const name = databaseName();
  (await settle(indexedDB.open(name, 1))).close();
  expect(await codeOf(tierAt(name).get('a'))).toBe('tier/unavailable');
});

it('does not wait for ever for tabs that hold on to the database', async () => {
  const name = databaseName();
  const stubborn = await settle(indexedDB.open(name, 1));
  const deletion = settle(indexedDB.deleteDatabase(name));
  const clock = simulatedClock();
  const tier = tierAt(name, { clock });
  const reading = codeOf(tier.get('a'));
  clock.advance(5_000);
  expect(await reading).toBe('tier/timed-out');
  // For a while nobody waits for it again, even if it could be opened.
  stubborn.close();
  await deletion;
  expect(await codeOf(tier.get('a'))).toBe('tier/timed-out');
  clock.advance(30_000);
  expect(await tier.get('a')).toBeUndefined();
});

it('connects again when the browser ends its connection', async () => {
  const tier = tierAt(databaseName());
  await tier.set('a', result('1'));
  const { transaction } = IDBDatabase.prototype;
  const ending = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(function (
    this: IDBDatabase,
    ...args
  ) {
    this.close();
    return transaction.apply(this, args);
  });
  onTestFinished(() => ending.mockRestore());
  expect(await tier.get('a')).toEqual(result('1'));
  expect(ending).toHaveBeenCalledTimes(2);
  // The same under a transaction that has begun.
  ending.mockImplementationOnce(function (this: IDBDatabase, ...args) {
    const made = transaction.apply(this, args);
    made.abort();
    return made;
  });
  await tier.set('a', result('2'));
  expect(await tier.get('a')).toEqual(result('2'));
});

it('drops what is in its place and is no result', async () => {
  const name = databaseName();
  const tier = tierAt(name);
  await tier.set('a', result('1'));
  const database = await settle(indexedDB.open(name));
  const transaction = database.transaction('results', 'readwrite');
  transaction.objectStore('results').put({ outputs: { out: { value: { head: 1 } } } }, 'a');
  await new Promise((resolve) => {
    transaction.oncomplete = resolve;
  });
  expect(await tier.get('a')).toBeUndefined();
  const left = database.transaction('results').objectStore('results').count();
  expect(await new Promise((resolve) => (left.onsuccess = () => resolve(left.result)))).toBe(0);
  database.close();
});

it('makes room when the browser has none, and says when that does not help', async () => {
  const tier = tierAt(databaseName());
  for (const key of ['a', 'b', 'c', 'd']) await tier.set(key, result(key));
  let refusals = 1;
  const { put } = IDBObjectStore.prototype;
  const refusing = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    const request = put.apply(this, args);
    if (this.name !== 'results' || refusals === 0) return request;
    refusals--;
    // As when a transaction does not fit: it is aborted, and only its own error says why.
    const error = new DOMException('', 'QuotaExceededError');
    Object.defineProperty(this.transaction, 'error', { value: error });
    this.transaction.abort();
    return request;
  });
  onTestFinished(() => refusing.mockRestore());
  await tier.set('e', result('e'));
  const kept = async () => {
    const found = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => tier.get(key)));
    return found.map((one) => (one ? 1 : 0)).join('');
  };
  expect(await kept()).toBe('001110');
  refusals = 2;
  expect(await codeOf(tier.set('f', result('f')))).toBe('tier/quota');
  expect(await kept()).toBe('000010');
  await tier.set('f', result('f'));
  expect(await kept()).toBe('000011');
});

it('works in workers', async () => {
  const name = databaseName();
  const worker = new Worker(new URL('./worker-fixture.ts', import.meta.url), { type: 'module' });
  onTestFinished(() => worker.terminate());
  const answer = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(name);
  });
  expect(answer).toEqual(result('from a worker', [7]));
  expect(await tierAt(name).get('a')).toEqual(result('from a worker', [7]));
});
