import { createLibrary } from '@loom/graph';
import { flow } from '@loom/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RunResult } from '../api.js';
import { builtinShelf } from '../builtin-shelf.js';
import { defineNode } from '../define-node.js';
import { createEngine } from '../engine/engine.js';
import type { RunEvent } from '../event.js';
import type { NodeError } from '../node-error.js';
import { createJavaScriptExecutor, type JavaScriptExecutorOptions } from './executor.js';

/** Runs one JavaScript source with the outputs `x` and `y`. */
async function runSource(source: string, options: JavaScriptExecutorOptions = {}): Promise<RunResult> {
  const { document } = flow().javascript('own', source, {}, { x: 'any', y: 'any' }).node('a', 'own');
  const engine = createEngine({ library: createLibrary(), executors: [createJavaScriptExecutor(options)] });
  const result = await engine.run(document).result;
  await engine.dispose();
  return result;
}

async function errorOf(source: string): Promise<NodeError> {
  const { errors } = await runSource(source);
  if (!errors[0]) throw new Error('There was no error.');
  return errors[0].error;
}

describe('faults of JavaScript sources', () => {
  it('[J1] name the error and the place in the source', async () => {
    const source = 'function inner(v) {\n  return v.foo.bar;\n}\nexport default () => inner({});';
    expect(await errorOf(source)).toMatchObject({
      code: 'javascript/exception',
      message: "TypeError: Cannot read properties of undefined (reading 'bar')",
      frames: [
        { typeId: 'own', functionName: 'default', line: 4, text: 'export default () => inner({});' },
        { typeId: 'own', functionName: 'inner', line: 2, column: 16, text: 'return v.foo.bar;' },
      ],
      traceback: [
        '  own, line 4, column 22',
        '    export default () => inner({});',
        '  own, line 2, column 16, in inner',
        '    return v.foo.bar;',
        "TypeError: Cannot read properties of undefined (reading 'bar')",
      ].join('\n'),
    });
  });

  it.each([
    [
      'export default () => {\n  const a = 1;\n  return { x: a + };\n};\nglobalThis.ran = true;',
      3,
      'return { x: a + };',
    ],
    ['globalThis.ran = true;\nlet a;\n\nlet a;\nexport default () => ({});', 4, 'let a;'],
    ['globalThis.ran = true;\nexport default (', 2, 'export default ('],
    ['globalThis.ran = true; export default () => "', 1, 'globalThis.ran = true; export default () => "'],
  ])('[J1] the line of a source that is no JavaScript, and nothing of it is run: %j', async (source, line, text) => {
    const error = await errorOf(source);
    expect(error).toMatchObject({ code: 'javascript/syntax', frames: [{ typeId: 'own', line, text }] });
    expect(error.traceback).toBe(`  own, line ${line}\n    ${text}\n${error.message}`);
    expect(globalThis).not.toHaveProperty('ran');
  });

  it('[J1] in asynchronous code too', async () => {
    const error = await errorOf('export default async () => {\n  await null;\n  throw new RangeError("late");\n};');
    expect(error).toMatchObject({ message: 'RangeError: late', frames: [{ line: 3 }] });
  });

  it('[J1] keep the chain of causes, also a circular one', async () => {
    const error = await errorOf(
      "export default () => { throw new Error('outer', { cause: new TypeError('inner') }); };",
    );
    expect(error).toMatchObject({ message: 'Error: outer', cause: { message: 'TypeError: inner' } });
    const circular = await errorOf("export default () => { const e = new Error('x'); e.cause = e; throw e; };");
    expect(JSON.stringify(circular).length).toBeLessThan(10_000);
  });

  it.each([
    ['export default () => { throw "text"; };', 'javascript/exception', 'Thrown: text'],
    ['export default () => { throw null; };', 'javascript/exception', 'Thrown: null'],
    ['export default (', 'javascript/syntax', /^SyntaxError/],
    ['export const f = 1;', 'javascript/no-function', /export default/],
    ['export default () => 1;', 'javascript/wrong-result', /an object with the outputs "x", "y", not number/],
    ['export default () => ({ x: 1 });', 'javascript/wrong-result', /lacks the output "y"/],
    ['export default () => undefined;', 'javascript/wrong-result', /not undefined/],
  ])('[J2] %s', async (source, code, message) => {
    expect(await errorOf(source)).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('[J3] what is more than the ports is left out', async () => {
    const { outputs } = await runSource('export default () => ({ x: 1, y: undefined, z: 3 });');
    expect(Object.keys(outputs.a ?? {})).toEqual(['x', 'y']);
  });

  it('[J4] a page can bring its own loader of modules', async () => {
    const { outputs } = await runSource('anything', {
      loadModule: async () => ({ default: () => ({ x: 'own', y: 0 }) }),
    });
    expect(outputs.a?.x?.preview.data).toEqual({ 'text/plain': 'own' });
  });
});

describe('host functions', () => {
  it('[J5] log, progress, metrics and files are there, also taken out of the context', async () => {
    const say = defineNode({
      id: 'test/say',
      outputs: { size: 'number' },
      run: async (_, { log, progress, metric, readFile }) => {
        log('size of', { a: 1 }, [1, 2]);
        progress(2);
        metric('loss', 0.5);
        return { size: (await readFile('x')).length };
      },
    });
    const library = createLibrary({ shelves: [{ name: 'test', types: [say] }] });
    const executor = createJavaScriptExecutor({ readFile: async () => new Uint8Array(3) });
    const engine = createEngine({ library, executors: [executor] });
    const run = engine.run(flow().node('a', 'test/say').document);
    const events: RunEvent[] = [];
    run.subscribe((group) => events.push(...group));
    const { outputs } = await run.result;
    const kinds = ['node-output', 'node-progress', 'node-metric'];
    expect(events.filter(({ kind }) => kinds.includes(kind))).toMatchObject([
      { stream: 'log', text: 'size of {"a":1} [1,2]\n' },
      { fraction: 1 },
      { name: 'loss', value: 0.5, step: 0 },
    ]);
    expect(outputs.a?.size?.preview.data).toEqual({ 'text/plain': '3' });
    await engine.dispose();
  });

  it('[J6] asynchronous functions run side by side, up to the lanes', async () => {
    let running = 0;
    let most = 0;
    const releases: (() => void)[] = [];
    const wait = defineNode({
      id: 'test/wait',
      outputs: { out: 'any' },
      run: async () => {
        most = Math.max(most, ++running);
        await new Promise<void>((resolve) => releases.push(resolve));
        running--;
        return { out: 1 };
      },
    });
    const library = createLibrary({ shelves: [{ name: 'test', types: [wait] }] });
    const engine = createEngine({ library, executors: [createJavaScriptExecutor({ lanes: 3 })] });
    let builder = flow();
    for (let i = 0; i < 10; i++) builder = builder.node(`n${i}`, 'test/wait');
    const run = engine.run(builder.document);
    let done = false;
    void run.result.then(() => {
      done = true;
    });
    while (!done) {
      await new Promise((resolve) => setImmediate(resolve));
      for (const release of releases.splice(0)) release();
    }
    expect((await run.result).counts.success).toBe(10);
    expect(most).toBe(3);
    await engine.dispose();
  });

  it('[J7] long synchronous work lets the page have turns, so that it can be cancelled between tasks', async () => {
    const spin = defineNode({
      id: 'test/spin',
      inputs: { in: { type: 'any', required: false } },
      outputs: { out: 'any' },
      run: () => {
        const end = performance.now() + 3;
        while (performance.now() < end);
        return { out: 1 };
      },
    });
    const library = createLibrary({ shelves: [{ name: 'test', types: [spin] }] });
    const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
    let builder = flow().node('n0', 'test/spin');
    for (let i = 1; i < 1_000; i++) builder = builder.node(`n${i}`, 'test/spin').wire(`n${i - 1}.out`, `n${i}.in`);
    const run = engine.run(builder.document);
    setTimeout(() => run.cancel(), 0);
    const { status, counts } = await run.result;
    expect(status).toBe('cancelled');
    expect(counts.cancelled).toBeGreaterThan(500);
    await engine.dispose();
  });

  it('[J7] work goes on although each turn is over as soon as it begins', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 1_000));
    onTestFinished(() => void vi.restoreAllMocks());
    expect(await errorOf('export const f = 1;')).toMatchObject({ code: 'javascript/no-function' });
  });

  it('[J8] defaults of the type are given when there is neither wire nor literal', async () => {
    const seen: unknown[] = [];
    const node = defineNode({
      id: 'test/defaults',
      inputs: {
        a: { type: 'number', default: 5 },
        b: { type: 'any', required: false },
        c: { type: 'any', default: null },
      },
      outputs: {},
      run: (inputs) => {
        seen.push(inputs);
        return {};
      },
    });
    const library = createLibrary({ shelves: [{ name: 'test', types: [node] }] });
    const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
    await engine.run(flow().node('x', 'test/defaults').node('y', 'test/defaults', { a: 0, b: null }).document).result;
    expect(seen).toEqual([
      { a: 5, c: null },
      { a: 0, b: null, c: null },
    ]);
    await engine.dispose();
  });
});

describe('builtin nodes', () => {
  const files = new Map([
    ['a.json', '\ufeff{"a": [1]}'],
    ['bad.json', '{"a": '],
  ]);
  const readFile = async (path: string): Promise<Uint8Array> => new TextEncoder().encode(files.get(path) ?? '');

  async function read(type: string, path: string, options: JavaScriptExecutorOptions): Promise<RunResult> {
    const library = createLibrary({ shelves: [builtinShelf] });
    const engine = createEngine({ library, executors: [createJavaScriptExecutor(options)] });
    const result = await engine.run(flow().node('r', type, { path }).document).result;
    await engine.dispose();
    return result;
  }

  it('[J9] read files of the app', async () => {
    const { outputs } = await read('loom/read-json', 'a.json', { readFile });
    expect(outputs.r?.data?.preview.data['application/vnd.loom.tree+json']).toEqual({ a: [1] });
  });

  it('[J9] say what is wrong with a file, or that there is no reader', async () => {
    const bad = await read('loom/read-json', 'bad.json', { readFile });
    expect(bad.errors[0]?.error).toMatchObject({
      code: 'file/not-json',
      message: expect.stringContaining('"bad.json"'),
    });
    const none = await read('loom/read-text', 'a.txt', {});
    expect(none.errors[0]?.error).toMatchObject({
      code: 'file/no-reader',
      message: expect.stringContaining('readFile'),
    });
  });
});
