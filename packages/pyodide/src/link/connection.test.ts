import { LoomError } from '@loom/graph';
import { afterEach, expect, it, vi } from 'vitest';
import { FakeWorker } from '../../test/fake-worker.js';
import { Connection } from './connection.js';
import type { WorkerSignal } from './protocol.js';

const never = () => new Promise<never>(() => {});
const request = { indexUrl: 'https://example.org/pyodide/', runtime: {}, memoryLimit: 2 ** 30 };
const ok = async () => ({ ok: true, value: undefined }) as const;

afterEach(() => {
  vi.useRealTimers();
});

it('a worker that dies rejects every call that waits for it, and those that come later', async () => {
  const worker = new FakeWorker({ read: never, preview: never });
  const connection = new Connection(worker);
  worker.ready();
  const calls = [connection.call('read', '1'), connection.call('preview', '1', '{}'), connection.call('read', '2')];
  worker.die();
  const outcomes = await Promise.allSettled([...calls, connection.call('read', '3')]);
  expect(outcomes.map((each) => each.status === 'rejected' && each.reason.code)).toEqual(
    Array(4).fill('executor/lost'),
  );
  expect(worker.terminated).toBe(1);
  await expect(connection.closed).resolves.toMatchObject({ message: 'It died.' });
});

it('only the first reason of an end counts', async () => {
  const connection = new Connection(new FakeWorker());
  connection.close(new LoomError('executor/cancelled', 'first'));
  connection.close(new LoomError('executor/lost', 'second'));
  expect((await connection.closed).message).toBe('first');
});

it('a worker that dies before it is ready fails the boot', async () => {
  const worker = new FakeWorker();
  const boot = new Connection(worker).boot(request, 1000, () => {});
  worker.die(new LoomError('executor/lost', 'Blocked.'));
  await expect(boot).rejects.toMatchObject({ code: 'executor/lost', message: 'Blocked.' });
});

it('a fault of the worker keeps its code, message and context', async () => {
  const fault = { code: 'value/lost', message: 'gone', context: { handle: '1' } };
  const worker = new FakeWorker({ read: async () => ({ ok: false, fault }) });
  const connection = new Connection(worker);
  worker.ready();
  await expect(connection.call('read', '1')).rejects.toMatchObject({ name: 'LoomError', ...fault });
  connection.close(new LoomError('executor/lost', ''));
});

it('the process is kept alive only while something waits', async () => {
  const worker = new FakeWorker({ release: ok });
  const connection = new Connection(worker);
  expect(worker.alive).toBe(true);
  worker.ready();
  await connection.call('release', '[]');
  expect(worker.alive).toBe(false);
  const letGo = connection.hold();
  expect(worker.alive).toBe(true);
  letGo();
  expect(worker.alive).toBe(false);
  connection.close(new LoomError('executor/lost', ''));
});

it('a boot that shows no sign of life fails, and each sign of life gives it more time', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const worker = new FakeWorker({ boot: never });
  const connection = new Connection(worker);
  worker.ready();
  const heard: string[] = [];
  let next: () => void = () => {};
  const boot = connection.boot(request, 1000, (signal) => {
    heard.push(signal.kind === 'progress' ? signal.stage : signal.kind);
    next();
  });
  boot.catch(() => {});
  // Longer than the limit in all, never longer in one go.
  for (const stage of ['download', 'compile', 'python'] as const) {
    const arrived = new Promise<void>((resolve) => {
      next = resolve;
    });
    vi.advanceTimersByTime(900);
    worker.say({ kind: 'progress', stage });
    await arrived;
  }
  expect(heard).toEqual(['download', 'compile', 'python']);
  vi.advanceTimersByTime(1001);
  await expect(boot).rejects.toMatchObject({ code: 'executor/stalled' });
  await expect(boot).rejects.toThrow('while waiting for Python');
  expect(worker.terminated).toBe(1);
});

it('messages of a closed connection are dropped', async () => {
  const worker = new FakeWorker();
  const connection = new Connection(worker);
  worker.ready();
  const signals: WorkerSignal[] = [];
  connection.onSignal((signal) => signals.push(signal));
  worker.say({ kind: 'finished', sequence: 1 });
  connection.close(new LoomError('executor/lost', ''));
  await new Promise((resolve) => setImmediate(resolve));
  expect(signals).toEqual([]);
});
