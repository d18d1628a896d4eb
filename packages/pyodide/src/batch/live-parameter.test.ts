import { LoomError } from '@loom/graph';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { FakeWorker } from '../../test/fake-worker.js';
import { Connection } from '../link/connection.js';
import type { WorkerCalls } from '../link/protocol.js';
import { setParameter } from './live-parameter.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function connected(answer: WorkerCalls['setParameter']) {
  const worker = new FakeWorker({ setParameter: answer });
  const connection = new Connection(worker);
  worker.ready();
  onTestFinished(() => connection.close(new LoomError('executor/lost', '')));
  return { worker, connection };
}

it('the answer of the worker is the answer', async () => {
  const asked: unknown[] = [];
  const { connection } = connected(async (...args) => {
    asked.push(args);
    return { ok: true, value: '{"status":"rejected","reason":"no"}' };
  });
  expect(await setParameter(connection, 't1', 'rate', { a: [1] })).toEqual({ status: 'rejected', reason: 'no' });
  expect(asked).toEqual([['t1', 'rate', '{"a":[1]}', Date.now() + 1_000, 0]]);
  expect(vi.getTimerCount()).toBe(0);
});

it('a worker that does not answer is busy', async () => {
  const { connection } = connected(() => new Promise(() => {}));
  const answer = setParameter(connection, 't1', 'rate', 1);
  await vi.advanceTimersByTimeAsync(4_500);
  expect(await answer).toEqual({ status: 'rejected', reason: expect.stringContaining('cannot be reached') });
});

it('and so is one that read the value too late to apply it', async () => {
  const { connection } = connected(async () => ({ ok: false, fault: { code: 'executor/busy', message: 'late' } }));
  const answer = await setParameter(connection, 't1', 'rate', 1);
  expect(answer).toEqual({ status: 'rejected', reason: expect.stringContaining('cannot be reached') });
});

it('a worker that dies rejects with why', async () => {
  const { connection, worker } = connected(() => new Promise(() => {}));
  const answer = setParameter(connection, 't1', 'rate', 1);
  worker.die();
  expect(await answer).toEqual({ status: 'rejected', reason: 'It died.' });
});
