import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PyodideAPI } from 'pyodide';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RuntimeBatch, RuntimeDefinition, RuntimeEvent } from './runtime-protocol.js';

const runtimeFolder = fileURLToPath(new URL('../loom_runtime', import.meta.url));
const pyodideFolder = path.dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));

/** The runtime as JavaScript sees it through Pyodide. */
interface Runtime {
  define(definitions: string): void;
  execute(batch: string, buffers: readonly unknown[]): Promise<void>;
  cancel(): void;
  read(handle: string): { toJs(): [string, unknown[]] };
  preview(handle: string, request: string): string;
  release(handles: string): void;
  readonly held: number;
}

let pyodide: PyodideAPI;
let runtime: Runtime;
let events: RuntimeEvent[] = [];
const interrupt = new Uint8Array(new SharedArrayBuffer(1));

beforeAll(async () => {
  const { loadPyodide } = (await import(
    pathToFileURL(path.join(pyodideFolder, 'pyodide.mjs')).href
  )) as typeof import('pyodide');
  pyodide = await loadPyodide({ indexURL: `${pyodideFolder}/` });
  pyodide.FS.mkdirTree('/loom/loom_runtime');
  for (const name of await readdir(runtimeFolder)) {
    if (name.endsWith('.py'))
      pyodide.FS.writeFile(`/loom/loom_runtime/${name}`, await readFile(path.join(runtimeFolder, name), 'utf8'));
  }
  pyodide.runPython('import sys; sys.path.insert(0, "/loom")');
  const create = pyodide.runPython('from loom_runtime import Runtime; Runtime') as (
    send: (text: string) => void,
  ) => Runtime;
  runtime = create((text) => events.push(...(JSON.parse(text) as RuntimeEvent[])));
  pyodide.setInterruptBuffer(interrupt);
});

beforeEach(() => {
  events = [];
});

function define(source: string, changes: Partial<RuntimeDefinition> = {}): void {
  const definition = { typeId: 'test', revision: '1', source, entry: 'run', returns: 'single', outputs: ['result'] };
  runtime.define(JSON.stringify([{ ...definition, ...changes }]));
}

async function execute(inputs: readonly Record<string, unknown>[], buffers: readonly unknown[] = []): Promise<void> {
  const heads = inputs.map((input) =>
    Object.entries(input).map(([port, value]) => [port, JSON.stringify(value)] as const),
  );
  await executeHeads(heads, buffers);
}

/** One task for each list of heads by port. */
async function executeHeads(
  tasks: readonly (readonly (readonly [port: string, head: string])[])[],
  buffers: readonly unknown[] = [],
): Promise<void> {
  const sources = tasks.flat().map(([, head]) => {
    return { kind: 'literal' as const, head, start: 0, count: buffers.length };
  });
  const batch: RuntimeBatch = {
    shapes: tasks.map((inputs) => {
      return { typeId: 'test', revision: '1', ports: inputs.map(([port]) => port), outputs: inputs.map(() => null) };
    }),
    shapeOf: tasks.map((_, place) => place),
    origins: sources.map((_, place) => ~place),
    sources,
    names: JSON.stringify({ tasks: tasks.map((_, place) => `t${place + 1}`), nodes: tasks.map(() => 'node') }),
  };
  await runtime.execute(JSON.stringify(batch), buffers);
}

async function run(source: string, inputs: Record<string, unknown> = {}): Promise<RuntimeEvent | undefined> {
  define(source);
  await execute([inputs]);
  return events.at(-1);
}

function output(event: RuntimeEvent | undefined) {
  if (event?.kind !== 'success') throw new Error(JSON.stringify(event));
  const result = event.outputs.result;
  if (!result) throw new Error('No output');
  return result;
}

describe('loom_runtime in Pyodide', () => {
  test('runs a batch and gives summaries', async () => {
    define('def run(n):\n    print("got", n)\n    return n + 1\n');
    await execute([{ n: 1 }, { n: 2 }]);
    expect(events.map((event) => event.kind)).toEqual([
      ...['started', 'output', 'success'],
      ...['started', 'output', 'success'],
    ]);
    expect(output(events.at(-1)).preview).toEqual({ data: { 'text/plain': '3' }, truncated: false });
  });

  test('takes buffers of JavaScript and gives them back', async () => {
    const head = { $: 'array', dtype: '<f8', shape: [2], i: 0 };
    const event = await (async () => {
      define('def run(values):\n    values.append(3.5)\n    return values\n');
      await execute([{ values: head }], [new Float64Array([1.5, 2.5]).buffer]);
      return events.at(-1);
    })();
    const [text, buffers] = runtime.read(output(event).handle).toJs();
    expect(JSON.parse(text)).toEqual({ $: 'array', dtype: '<f8', shape: [3], i: 0 });
    expect(buffers).toHaveLength(1);
  });

  test('tells the exact place of an error in async code, in UTF-16 columns', async () => {
    const event = await run('async def run(x):\n    return ["😀", 1 / x]\n', { x: 0 });
    expect(event).toMatchObject({
      kind: 'error',
      error: {
        code: 'python/exception',
        message: 'ZeroDivisionError: division by zero',
        frames: [{ functionName: 'run', line: 2, column: 19, endColumn: 24 }],
      },
    });
  });

  test('tells the place of a syntax error', async () => {
    expect(await run('def run(:\n  pass')).toMatchObject({
      error: { code: 'python/syntax', frames: [{ line: 1, column: 9 }] },
    });
  });

  test.each([
    ['a loop', 'def run():\n    while True: pass\n'],
    ['a flood of prints', 'def run():\n    while True: print("x" * 80)\n'],
    ['a loop in async code', 'async def run():\n    while True: pass\n'],
  ])('is interrupted in %s, and the next batch works', async (_name, source) => {
    define(source);
    // The runtime reads the buffer while it runs; a byte that waits there hits the user's loop, not the runtime.
    const wait = pyodide.runPython(
      'import builtins, js\ndef arm(buffer):\n    builtins.interrupt_soon = lambda: buffer.fill(2)\narm',
    ) as (buffer: Uint8Array) => void;
    wait(interrupt);
    define(source.replace('while True:', 'interrupt_soon()\n    while True:'));
    await execute([{}, {}]);
    expect(events.filter((event) => event.kind !== 'output').map((event) => `${event.task} ${event.kind}`)).toEqual([
      't1 started',
      't1 cancelled',
      't2 cancelled',
    ]);
    expect((await run('def run(): return 1'))?.kind).toBe('success');
  });

  test('cancels an async node by a call', async () => {
    define('import asyncio\nasync def run():\n    await asyncio.sleep(60)\n');
    const running = execute([{}]);
    const started = setInterval(() => events.length > 0 && runtime.cancel(), 5);
    await running;
    clearInterval(started);
    expect(events.at(-1)).toEqual({ kind: 'cancelled', task: 't1' });
  });

  test.each([
    // Recursion through C, such as __getattr__, depends on the stack of the worker: the executor's tests have it.
    ['endless recursion', 'def run(n=0): return run(n + 1)\n'],
    ['endless recursion behind a raised limit', 'import sys\nsys.setrecursionlimit(10**6)\ndef run(): return run()\n'],
  ])('survives %s', async (_name, source) => {
    expect(await run(source)).toMatchObject({ kind: 'error' });
    expect((await run('def run(): return 1'))?.kind).toBe('success');
  });

  test('shows, refuses and releases a very deeply nested value', async () => {
    const value = output(await run('def run():\n    v = []\n    for n in range(50_000): v = [v]\n    return v\n'));
    expect(value.preview.truncated).toBe(true);
    expect(() => runtime.read(value.handle)).toThrow('200 levels deep');
    runtime.release(JSON.stringify([value.handle]));
    expect((await run('def run(): return 1'))?.kind).toBe('success');
  });

  test('refuses a deeply nested head', async () => {
    define('def run(x): return x');
    await executeHeads([[['x', '['.repeat(100_000)]]]);
    expect(events.at(-1)).toMatchObject({ kind: 'error', error: { code: 'value/not-portable' } });
  });

  test('says what is not available and that nobody can be asked', async () => {
    expect(await run('import pandas\ndef run(): pass\n')).toMatchObject({
      error: { code: 'python/missing-module', message: expect.stringContaining('“pandas” is not available') },
    });
    expect(await run('def run(): return input()\n')).toMatchObject({
      error: { message: expect.stringContaining('input() cannot wait for an answer here') },
    });
  });
});
