import type { NodeFunction } from '@loom/graph';
import { expect, it, onTestFinished } from 'vitest';
import type { Definition, TaskEvent } from '../executor.js';
import { skip } from '../skip.js';
import { createJavaScriptExecutor } from './executor.js';

/** What becomes of one task of a function with the stream `items` and the value `count`. */
async function run(give: NodeFunction, outputs: readonly string[] = ['items', 'count']) {
  const executor = createJavaScriptExecutor();
  onTestFinished(() => executor.dispose());
  const definition: Definition = {
    typeId: 'test/own',
    outputs,
    streams: ['items'],
    implementation: { kind: 'function', language: 'javascript', run: give, revision: '1' },
  };
  await executor.define([definition]);
  const events: TaskEvent[] = [];
  const task = { id: 't', nodeId: 'n', typeId: 'test/own', revision: '1', inputs: {} };
  const { signal } = new AbortController();
  await executor.execute({ id: 'b', tasks: [task] }, { signal, onEvents: (group) => events.push(...group) });
  return { executor, end: events.at(-1), events };
}

it.each<[string, unknown, string]>([
  ['a number', 5, 'number'],
  ['a text', 'abc', 'string'],
  ['nothing', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a map', new Map(), 'object'],
])('[J2] %s is no stream', async (_name, items, kind) => {
  const { end } = await run(() => ({ items, count: 1 }));
  const message = `The output "items" is a stream: give it a generator, an iterator or a list, not ${kind}.`;
  expect(end).toMatchObject({ kind: 'error', error: { code: 'javascript/wrong-result', message } });
});

it('[J3] a generator is the whole result where there is one output', async () => {
  const generator = function* () {
    yield 1;
  };
  const give = generator as unknown as NodeFunction;
  expect((await run(give, ['items'])).end).toMatchObject({ outputs: { items: { isStream: true } } });
  expect((await run(give)).end).toMatchObject({ kind: 'error', error: { code: 'javascript/wrong-result' } });
});

it.each<[string, NodeFunction]>([
  ['a result', () => hostile()],
  ['a later result', async () => hostile()],
])('[J1] %s whose parts throw fails its task', async (_name, give) => {
  expect((await run(give)).end).toMatchObject({ kind: 'error', error: { message: 'Error: no part' } });
});

function hostile() {
  return {
    items: [],
    get count(): number {
      throw new Error('no part');
    },
  };
}

it('a stream may be skipped beside a value', async () => {
  const { end } = await run(() => ({ items: skip, count: 1 }));
  expect(end?.kind === 'success' && Object.keys(end.outputs)).toEqual(['count']);
});

it('what is said between takes waits for the next', async () => {
  const { executor, end } = await run((_, { log }) => ({
    items: [1, 2][Symbol.iterator](),
    count: setTimeout(() => log('by the way'), 0) && 1,
  }));
  if (end?.kind !== 'success' || !end.outputs.items) throw new Error('There is no stream.');
  await new Promise((resolve) => setTimeout(resolve, 0));
  const said: TaskEvent[] = [];
  const { signal } = new AbortController();
  await executor.take(end.outputs.items.ref, { from: 0, max: 1, signal, onEvents: (group) => said.push(...group) });
  expect(said).toEqual([{ kind: 'output', task: 't', stream: 'log', text: 'by the way\n' }]);
});

it('the signal of code behind a stream tells when the stream is let go, and parameters reach it until then', async () => {
  let signal: AbortSignal | undefined;
  const { executor, end } = await run((_, context) => {
    context.onParameter('rate', () => {});
    signal = context.signal;
    return { items: (async function* () {})(), count: 1 };
  });
  if (end?.kind !== 'success' || !end.outputs.items) throw new Error('There is no stream.');
  expect(await executor.setParameter('t', 'rate', 1)).toEqual({ status: 'applied' });
  expect(signal?.aborted).toBe(false);
  executor.release([end.outputs.items.ref]);
  expect(signal?.reason).toMatchObject({ code: 'value/lost' });
  expect(await executor.setParameter('t', 'rate', 1)).toEqual({ status: 'no-handler' });
});

it('disposing closes streams and ends takes that wait', async () => {
  const { executor, end } = await run(() => ({
    items: (async function* () {
      await new Promise(() => {});
    })(),
    count: 1,
  }));
  if (end?.kind !== 'success' || !end.outputs.items) throw new Error('There is no stream.');
  const { signal } = new AbortController();
  const waiting = executor.take(end.outputs.items.ref, { from: 0, max: 1, signal });
  const outcome = expect(waiting).rejects.toMatchObject({ code: 'executor/disposed' });
  await executor.dispose();
  await outcome;
});

it('a stream of a direct call has the places of its faults, and is closed by who called', async () => {
  const executor = createJavaScriptExecutor();
  onTestFinished(() => executor.dispose());
  let closed = false;
  const type = {
    id: 'test/direct',
    title: 'Direct',
    version: 1,
    inputs: [],
    outputs: [{ id: 'items', title: 'Items', type: { kind: 'stream', item: { kind: 'any' } } }],
    pure: false,
    problems: [],
    implementation: {
      kind: 'function',
      language: 'javascript',
      revision: '1',
      run: () => ({
        items: (function* () {
          try {
            yield 'a';
            yield 'b';
          } finally {
            closed = true;
          }
        })(),
      }),
    },
  } as const;
  const code = executor.direct?.find(type);
  const result = code?.run({}, undefined as never);
  const stream = code?.outputOf(result, 0);
  const items = executor.direct?.itemsOf(stream);
  const { signal } = new AbortController();
  expect(await items?.take({ from: 0, max: 1, signal })).toEqual({ values: ['a'], isDone: false });
  items?.close();
  expect(closed).toBe(true);
  await expect(items?.take({ from: 1, max: 1, signal })).rejects.toMatchObject({ code: 'value/lost' });
  expect(() => executor.direct?.itemsOf(5)).toThrow('no items to take');
  expect(executor.direct?.sizeOf('text')).toBeGreaterThan(4);
  expect(code?.wrongResult(skip)).toBeUndefined();
  expect(code?.outputOf(skip, 0)).toBe(skip);
});
