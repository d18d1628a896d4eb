import type { Executor } from '@loom/engine';
import { runtimeSources } from '@loom/python';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { created, fine, goesOn, nap, OFTEN, workersAfter } from '../test/failures.js';
import { flowEngine, pythonFlow } from '../test/flow-engine.js';
import { python } from '../test/python-programs.js';
import { callOf, errorOf, perform, performTasks, resultOf } from '../test/tasks.js';
import { wheelFile } from '../test/wheel-file.js';
import { IndexedDbStore } from './boot/indexed-db-store.js';
import { snapshotKey } from './boot/snapshots.js';
import { createPyodideExecutor } from './index.js';
import workerSource from './worker/worker.js?bundle';

/*
 * What can go wrong around a worker, row by row: how it is noticed, and what becomes of the run, of the worker and of
 * whoever waits. Workers that are gone are in lost-workers.browser.test.ts. What stands in the way of a start is told apart in boot/boot-failures.browser.test.ts, and what code can
 * do while it runs in cancel/cancelling.browser.test.ts and faulty-code.browser.test.ts.
 */

const INDEX = new URL('/pyodide/', location.href).href;

describe('failure table', () => {
  describe('row: the start never settles', () => {
    it.each([
      ['a file that never comes', 'pyodide.asm.wasm', /waiting for the download/],
      // Python may begin before its library is there.
      ['a library that never comes', 'python_stdlib.zip', /waiting for (?:the download|Python)/],
    ])('%s is noticed by its silence, and the next start tries again', async (_name, file, what) => {
      const { createWorker } = workersAfter(`
        const realFetch = globalThis.fetch;
        globalThis.fetch = (url, init) => String(url).endsWith('${file}') ? new Promise(() => {}) : realFetch(url, init);
      `);
      let isBroken = true;
      const executor = created({
        createWorker: () => (isBroken ? createWorker() : workersAfter('').createWorker()),
        stallTimeoutMs: 30_000,
      });
      const error = await executor.start().catch((thrown) => thrown);
      expect(error).toMatchObject({ code: 'executor/stalled', message: expect.stringMatching(what) });
      expect(executor.status).toMatchObject({ state: 'failed', error: { code: 'executor/stalled' } });
      isBroken = false;
      await goesOn(executor);
    });
  });

  it('row: a snapshot that is no good is dropped, and Python starts cold', async () => {
    const store = new IndexedDbStore();
    const key = snapshotKey(INDEX, { ...runtimeSources, workerSource });
    await store.put(key, new Blob([new ArrayBuffer(31_457_408)]));
    // Without a spare worker nobody makes another one meanwhile.
    const executor = created({ spare: false });
    await executor.start();
    expect(await store.get(key)).toBeUndefined();
    await goesOn(executor);
  });

  it('row: a package that is missing or forged is named, and the worker goes on', async () => {
    const wheel = await wheelFile({ name: 'tiny', version: '1.2' });
    const executor = created({ packages: { files: [new File([wheel.data], wheel.name)] } });
    const wrong = '0'.repeat(64);
    const lock = {
      loom: 1,
      requirements: ['tiny'],
      packages: [{ name: 'tiny', version: '1.2', file: wheel.name, sha256: wrong }],
    };
    await expect(executor.prepare({ python: { requirements: ['tiny'], lock } })).rejects.toMatchObject({
      code: 'python/wrong-hash',
      message: expect.stringContaining(wheel.name),
    });
    await expect(executor.prepare({ python: { requirements: ['absent'] } })).rejects.toMatchObject({
      code: 'python/no-such-package',
      message: expect.stringContaining('absent'),
    });
    await executor.prepare({ python: { requirements: ['tiny'] } });
    const use = python('use', 'import tiny\n\ndef use():\n    return tiny.VERSION\n');
    expect(await resultOf(executor, (await perform(executor, [use])).ends[0])).toBe('1.2');
  });

  describe('rows of one worker', () => {
    let executor: Executor;
    let lost = 0;
    beforeAll(async () => {
      executor = createPyodideExecutor({ indexUrl: '/pyodide/', lanes: 1, restarts: OFTEN });
      executor.subscribe(({ kind }) => kind === 'lost' && lost++);
      await executor.start();
    });
    afterAll(() => executor.dispose());

    it('row: an exception fails its node, and the worker is kept', async () => {
      const before = lost;
      const { ends } = await perform(executor, [python('bad', 'def bad():\n    return 1 / 0\n'), fine]);
      expect(errorOf(ends[0])).toMatchObject({ code: 'python/exception', frames: [{ typeId: 'bad', line: 2 }] });
      expect(await resultOf(executor, ends[1])).toBe(42);
      expect(lost).toBe(before);
    });

    it('row: a cancel of code that awaits keeps the worker with its values', async () => {
      const kept = (await perform(executor, [fine])).ends[0];
      const { ends } = await perform(executor, [nap], { cancelOn: ({ kind }) => kind === 'started' });
      expect(ends[0]?.kind).toBe('cancelled');
      expect(await resultOf(executor, kept)).toBe(42);
    });

    it.each([
      [
        'deep data',
        'def f():\n    a = []\n    for _ in range(300_000):\n        a = [a]\n    return repr(a)\n',
        'stack',
      ],
      ['os._exit', 'import os\n\ndef f():\n    os._exit(3)\n', 'os._exit'],
    ])(
      'row: a fatal error (%s) is told of its node, the worker is replaced, and batches that wait move',
      async (...row) => {
        const [name, source, word] = row;
        const before = lost;
        const fatal = python('fatal', source, { revision: name });
        await executor.define([fatal, fine]);
        const [dying, waiting] = await Promise.all([
          performTasks(executor, [callOf(fatal), callOf(fine)]),
          performTasks(executor, [callOf(fine)]),
        ]);
        expect(errorOf(dying.ends[0])).toMatchObject({ code: 'python/fatal', message: expect.stringContaining(word) });
        expect(errorOf(dying.ends[1]).code).toBe('executor/lost');
        expect(await resultOf(executor, waiting.ends[0])).toBe(42);
        expect(lost - before).toBe(1);
      },
    );

    it('row: a __getattr__ that calls itself is an exception, and the worker is kept', async () => {
      const before = lost;
      const source =
        'class A:\n    def __getattr__(self, name):\n        return self.other\n\ndef f():\n    return A().x\n';
      const { ends } = await perform(executor, [python('getattr', source), fine]);
      expect(errorOf(ends[0])).toMatchObject({ code: 'python/exception', message: /^RecursionError/ });
      expect(await resultOf(executor, ends[1])).toBe(42);
      expect(lost).toBe(before);
    });

    it.each([
      ['too deep', 'def f():\n    a = []\n    for _ in range(5_000):\n        a = [a]\n    return {"x": a}\n', /x/],
      ['of no such kind', 'def f():\n    return {"x": [1, lambda: 1]}\n', /x/],
    ])('row: an output %s stays as a handle, and reading it says where', async (name, source, place) => {
      const { ends } = await perform(executor, [python('odd', source, { revision: name })]);
      const [end] = ends;
      if (end?.kind !== 'success' || !end.outputs.result) throw new Error(JSON.stringify(end));
      const fault = await executor.read(end.outputs.result.ref).catch((thrown) => thrown);
      expect(fault).toMatchObject({ code: 'value/not-portable', message: place });
      expect((await executor.preview(end.outputs.result.ref)).data['text/plain']).toBeDefined();
      await goesOn(executor);
    });
  });

  it('row: memory over the limit is a MemoryError, and what grew makes room for a new worker', async () => {
    const executor = created({ memoryLimit: 128 * 2 ** 20, recycle: { tasks: 1e9, heapBytes: 32 * 2 ** 20 } });
    const reasons: string[] = [];
    executor.subscribe((event) => event.kind === 'status' && reasons.push(event.status.state));
    const hungry = python('hungry', 'def hungry():\n    return [bytearray(2**20) for _ in range(4096)]\n');
    const { ends } = await perform(executor, [hungry, fine]);
    expect(errorOf(ends[0]).message).toMatch(/^MemoryError/);
    expect(ends[1]?.kind).toBe('success');
    await expect.poll(() => reasons.includes('restarting')).toBe(true);
    await goesOn(executor);
  });

  it('row: memory that values fill to the last byte is named, and makes room for a new worker', async () => {
    const executor = created({ memoryLimit: 64 * 2 ** 20 });
    const source = [
      'def greedy():',
      '    kept = []',
      '    size = 2**22',
      '    while size:',
      '        try:',
      '            kept.append(bytearray(size))',
      '        except MemoryError:',
      '            size //= 2',
      '    return kept',
    ].join('\n');
    await perform(executor, [python('greedy', source)]);
    // What it gave takes all of the memory.
    expect(errorOf((await perform(executor, [fine])).ends[0])).toMatchObject({
      code: 'python/out-of-memory',
      message: expect.stringContaining('memoryLimit'),
    });
    await goesOn(executor);
  });

  it('row: a time limit counts from the start of the code, not from the boot or from the queue', async () => {
    const sleep =
      'import time\n\ndef sleep(seconds: float, after: float = 0) -> float:\n    time.sleep(seconds)\n    return seconds\n';
    const flow = pythonFlow(
      { sleep },
      {
        // Python has to start first, which takes longer than the limit.
        quick: { type: 'sleep', inputs: { seconds: 0.01 }, settings: { timeoutMs: 4_000 } },
        // With one worker these wait for one another, longer than each of them may take.
        one: { type: 'sleep', inputs: { seconds: 2 }, settings: { timeoutMs: 5_000 } },
        two: { type: 'sleep', inputs: { seconds: 2 }, settings: { timeoutMs: 5_000 } },
        three: { type: 'sleep', inputs: { seconds: 2 }, settings: { timeoutMs: 5_000 } },
        slow: { type: 'sleep', inputs: { seconds: 1000 }, settings: { timeoutMs: 300 } },
      },
    );
    const { createWorker } = workersAfter(`
      const realFetch = globalThis.fetch;
      const late = new Promise((resolve) => setTimeout(resolve, 5_000));
      globalThis.fetch = (...request) => late.then(() => realFetch(...request));
    `);
    const { run, errorOf: errorOfNode } = flowEngine(created({ createWorker }), flow);
    expect((await run('quick').result).errors).toEqual([]);
    expect((await run('one', 'two', 'three').result).errors).toEqual([]);
    expect(await errorOfNode('slow')).toMatchObject({ code: 'node/timed-out' });
    expect((await run('quick').result).status).toBe('succeeded');
  });

  it('row: a value that went with its worker is computed again, once, and nothing else', async () => {
    const flow = pythonFlow(
      {
        make: 'def make(n: int) -> list:\n    return [n]\n',
        exit: 'import os\n\ndef exit(value: list) -> int:\n    os._exit(1)\n',
        total: 'def total(value: list) -> int:\n    return sum(value)\n',
      },
      {
        a: { type: 'make', inputs: { n: 1 } },
        b: { type: 'make', inputs: { n: 2 } },
        exit: { type: 'exit' },
        total: { type: 'total' },
      },
      ['a.result > exit.value', 'a.result > total.value'],
    );
    const { run, computed, resultOf: resultOfNode, errorOf: errorOfNode } = flowEngine(created(), flow);
    await run('a', 'b').result;
    expect(await errorOfNode('exit')).toMatchObject({ code: 'python/fatal' });
    computed.length = 0;
    expect(await resultOfNode('total')).toBe(1);
    expect(computed).toEqual(['a', 'total']);
  });
});
