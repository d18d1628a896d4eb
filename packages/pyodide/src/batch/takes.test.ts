import { type NodeError, NodeFault, type TakeOptions, type TaskEvent } from '@loom/engine';
import { LoomError } from '@loom/graph';
import { expect, it, onTestFinished } from 'vitest';
import { FakeWorker } from '../../test/fake-worker.js';
import { Connection } from '../link/connection.js';
import type { WorkerCalls } from '../link/protocol.js';
import { type SequenceSignal, Session } from '../pool/session.js';
import { ValueTable } from '../values/value-table.js';
import { takeItems } from './takes.js';
import { TaskScope } from './task-scope.js';

const ok = async () => ({ ok: true, value: undefined }) as const;
const preview = { data: { 'text/plain': '1' }, truncated: false };

/** Takes of a worker that says what the test says. */
function created(calls: Partial<WorkerCalls> = {}) {
  const asked: string[] = [];
  const worker = new FakeWorker({
    take: async (sequence, handle, request) => {
      asked.push(`take ${sequence} ${handle} ${request}`);
      return { ok: true, value: undefined };
    },
    cancel: async (sequence) => {
      asked.push(`cancel ${sequence}`);
      return ok();
    },
    ...calls,
  });
  const connection = new Connection(worker);
  worker.ready();
  const session = new Session(connection, 1, undefined);
  const context = {
    values: new ValueTable('python'),
    scope: new TaskScope(''),
    graceMs: 1_000,
  };
  void connection.closed.then((reason) => session.lose(reason));
  onTestFinished(() => connection.close(new LoomError('executor/lost', '')));
  const take = (options: TakeOptions) => takeItems(session, 'h1', options, context);
  const say = (signal: SequenceSignal) => session.receive(signal);
  return { worker, take, say, asked };
}

it('items become values of this worker', async () => {
  const { take, say, asked, worker } = created();
  const { signal } = new AbortController();
  const taking = take({ from: 2, max: 5, signal });
  expect(worker.alive).toBe(true);
  const items = [{ handle: 'h9', typeName: 'int', preview, bytes: 28 }];
  say({ kind: 'finished', sequence: 8 });
  say({ kind: 'finished', sequence: 1, value: JSON.stringify({ items, isDone: true }) });
  expect(await taking).toEqual({
    items: [{ ref: { executor: 'python', handle: '1:h9' }, typeName: 'int', preview, bytes: 28 }],
    isDone: true,
  });
  await expect.poll(() => asked).toEqual(['take 1 h1 {"from":2,"max":5}']);
});

it('what the code says comes before the end, and only that', async () => {
  const { take, say } = created();
  const { signal } = new AbortController();
  const heard: TaskEvent[] = [];
  const onEvents = (events: readonly TaskEvent[]): void => void heard.push(...events);
  const taking = take({ from: 0, max: 1, signal, onEvents });
  const output = { kind: 'output', task: 't', stream: 'stdout', text: 'x' };
  say({ kind: 'events', sequence: 1, events: JSON.stringify([output, { kind: 'started', task: 't' }]) });
  say({ kind: 'finished', sequence: 1, value: '{"items":[],"isDone":true}' });
  await taking;
  say({ kind: 'events', sequence: 1, events: JSON.stringify([output]) });
  expect(heard).toEqual([output]);
});

it('a fault of user code keeps its places', async () => {
  const { take, say } = created();
  const { signal } = new AbortController();
  const error: NodeError = { code: 'python/exception', message: 'ValueError: x', frames: [], traceback: 'all' };
  const taking = take({ from: 0, max: 1, signal });
  say({ kind: 'finished', sequence: 1, fault: { code: error.code, message: error.message, error } });
  await expect(taking).rejects.toBeInstanceOf(NodeFault);
  await expect(taking).rejects.toMatchObject({ error });
});

it('aborting asks the worker, and gives the reason when the code has stopped', async () => {
  const { take, say, asked } = created();
  const abort = new AbortController();
  const taking = take({ from: 0, max: 1, signal: abort.signal });
  abort.abort(new Error('enough'));
  await expect.poll(() => asked).toContain('cancel 1');
  say({ kind: 'finished', sequence: 1, fault: { code: 'run/cancelled', message: 'It was cancelled.' } });
  await expect(taking).rejects.toThrow('enough');
});

it('code that does not answer is ended with its worker, and the reason is that of the abort', async () => {
  const { take, worker } = created({ cancel: () => new Promise(() => {}) });
  const abort = new AbortController();
  const taking = take({ from: 0, max: 1, signal: abort.signal });
  abort.abort(new Error('enough'));
  await expect(taking).rejects.toThrow('enough');
  expect(worker.terminated).toBe(1);
});

it('a worker that dies ends all takes', async () => {
  const { take, worker } = created();
  const { signal } = new AbortController();
  const all = [take({ from: 0, max: 1, signal }), take({ from: 0, max: 1, signal })];
  worker.die();
  for (const taking of all) await expect(taking).rejects.toMatchObject({ code: 'executor/lost' });
  await expect(take({ from: 0, max: 1, signal })).rejects.toMatchObject({ code: 'executor/lost' });
});
