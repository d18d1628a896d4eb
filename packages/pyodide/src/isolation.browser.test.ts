import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { python } from '../test/python-programs.js';
import { callOf, errorOf, perform, performTasks, resultOf } from '../test/tasks.js';
import { createPyodideExecutor, createPyodidePool } from './index.js';

// Access to the page is allowed here, so that what stops the code is the origin.
const executor = createPyodideExecutor({ indexUrl: '/pyodide/', isolation: 'opaque', jsAccess: true, lanes: 1 });
beforeAll(() => executor.start());
afterAll(() => executor.dispose());

async function given(source: string): Promise<unknown> {
  return resultOf(executor, (await perform(executor, [python('f', source, { revision: source })])).ends[0]);
}

it('opaque workers compute, and have an origin of their own', async () => {
  expect(await given('import js\n\ndef f():\n    return js.self.origin\n')).toBe('null');
  expect(await given('def f():\n    return sum(range(10))\n')).toBe(45);
});

it.each(['indexedDB', 'caches'])('opaque workers have no storage: %s', async (name) => {
  const use = name === 'indexedDB' ? 'js.indexedDB.open("x")' : 'await js.caches.open("x")';
  const source = `import js\n\nasync def f():\n    return str(${use})\n`;
  const { ends } = await perform(executor, [python('store', source, { revision: name })]);
  expect(errorOf(ends[0]).message).toMatch(/SecurityError|denied|undefined|AttributeError/);
});

it('requests of opaque workers carry no cookies of the page', async () => {
  // A server must name the origin to allow credentials; every file server that allows all refuses them.
  const url = new URL('/pyodide/pyodide-lock.json', location.href).href;
  const source = [
    'import js',
    'from pyodide.ffi import to_js',
    '',
    'async def f(mode):',
    `    options = to_js({"credentials": mode}, dict_converter=js.Object.fromEntries)`,
    `    return (await js.fetch("${url}", options)).status`,
  ].join('\n');
  const request = python('request', source);
  await executor.define([request]);
  const { ends } = await performTasks(executor, [
    callOf(request, { mode: 'omit' }),
    callOf(request, { mode: 'include' }),
  ]);
  expect(await resultOf(executor, ends[0])).toBe(200);
  expect(errorOf(ends[1]).message).toContain('fetch');
});

it('code in opaque workers is stopped as elsewhere', async () => {
  const fine = python('fine', 'def fine():\n    return 42\n');
  const busy = python('busy', 'def busy():\n    while True:\n        pass\n');
  const { ends } = await perform(executor, [busy], { cancelOn: (event) => event.kind === 'started' });
  expect(ends[0]?.kind).toBe('cancelled');
  expect((await perform(executor, [fine])).ends[0]?.kind).toBe('success');
});

it('untrusted flows get opaque workers without being asked for, and reach nothing of the page', async () => {
  const RealWorker = globalThis.Worker;
  const addresses: string[] = [];
  globalThis.Worker = class extends RealWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      addresses.push(String(url).slice(0, 5));
    }
  };
  onTestFinished(() => {
    globalThis.Worker = RealWorker;
  });
  const pool = createPyodidePool({ indexUrl: '/pyodide/', lanes: 1, trust: 'untrusted' });
  onTestFinished(() => pool.dispose());
  const other = createPyodideExecutor({ pool, trust: 'untrusted' });
  onTestFinished(() => other.dispose());
  const reach = python('reach', 'def reach():\n    import js\n    return js.self.origin\n');
  const { ends } = await perform(other, [python('sum', 'def f():\n    return sum(range(10))\n'), reach]);
  expect(await resultOf(other, ends[0])).toBe(45);
  expect(errorOf(ends[1]).message).toContain('it reaches into the page');
  expect(new Set(addresses)).toEqual(new Set(['data:']));
  expect(() => createPyodideExecutor({ pool })).toThrow(expect.objectContaining({ code: 'executor/bad-options' }));
});

it('a worker that somebody else makes cannot be opaque', async () => {
  const createWorker = () => new Worker('data:text/javascript,');
  const other = createPyodideExecutor({ indexUrl: '/pyodide/', isolation: 'opaque', createWorker });
  await expect(other.start()).rejects.toMatchObject({ code: 'executor/bad-options' });
  await other.dispose();
});
