import { simulatedClock } from '@loom/testing';
import { expect, it } from 'vitest';
import { codeOf, result } from '../tier-contract-fixture.js';
import { indexedDbTier } from './indexed-db-tier.js';

/** A factory whose databases open as told. */
function factory(open: () => Partial<IDBOpenDBRequest>): IDBFactory {
  return { open } as unknown as IDBFactory;
}

it('is unavailable where there is no IndexedDB', async () => {
  const tier = indexedDbTier({ name: 'x' });
  expect(await codeOf(tier.get('a'))).toBe('tier/unavailable');
  expect(await codeOf(tier.set('a', result('1')))).toBe('tier/unavailable');
  await tier.close();
});

it('is unavailable where a page may not use it', async () => {
  const denied = factory(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  const fault = await indexedDbTier({ name: 'x', indexedDB: denied })
    .get('a')
    .catch((error: unknown) => error);
  expect(fault).toMatchObject({
    code: 'tier/unavailable',
    message: expect.stringContaining('private mode'),
    context: { database: 'x' },
    cause: { name: 'SecurityError' },
  });
});

it('says when other tabs block it, and tries again after a while', async () => {
  const clock = simulatedClock();
  const requests: Partial<IDBOpenDBRequest>[] = [];
  const silent = factory(() => {
    const request: Partial<IDBOpenDBRequest> = {};
    requests.push(request);
    return request;
  });
  const tier = indexedDbTier({ name: 'x', indexedDB: silent, clock });
  const reading = [tier.get('a'), tier.get('b'), tier.delete('a')].map(codeOf);
  await Promise.resolve();
  expect(requests).toHaveLength(1);
  const [request] = requests;
  request?.onblocked?.call(request as IDBOpenDBRequest, new Event('blocked') as IDBVersionChangeEvent);
  clock.advance(5_000);
  expect(await Promise.all(reading)).toEqual(['tier/blocked', 'tier/blocked', 'tier/blocked']);

  expect(await codeOf(tier.get('a'))).toBe('tier/blocked');
  expect(requests).toHaveLength(1);
  clock.advance(30_000);
  const again = codeOf(tier.get('a'));
  await Promise.resolve();
  expect(requests).toHaveLength(2);
  clock.advance(5_000);
  expect(await again).toBe('tier/timed-out');
});

it('closes a database that opens after nobody waits any more', async () => {
  const clock = simulatedClock();
  let closed = 0;
  const request = { result: { close: () => closed++ } as unknown as IDBDatabase } as IDBOpenDBRequest;
  const tier = indexedDbTier({ name: 'x', indexedDB: factory(() => request), clock });
  const reading = codeOf(tier.get('a'));
  await Promise.resolve();
  clock.advance(5_000);
  expect(await reading).toBe('tier/timed-out');
  request.onsuccess?.(new Event('success'));
  expect(closed).toBe(1);
});
