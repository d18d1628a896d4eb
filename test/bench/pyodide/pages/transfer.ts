import { encodePortable, type InputSource, type Task, type ValueRef } from '@loom/engine';
import { createPyodideExecutor } from '@loom/pyodide';

const BYTES = 64_000_000;
const TRIES = 20;

/** A value, and the worker that it is in. */
interface Made {
  readonly ref: ValueRef;
  readonly worker: string;
}

function literal(value: unknown): InputSource {
  return { kind: 'literal', value: encodePortable(value) };
}

const SOURCE = `
import asyncio
import os

WORKER = os.urandom(8).hex()


async def make(size, seconds):
    await asyncio.sleep(seconds)
    print(WORKER)
    return memoryview(bytearray(size)).cast("d")


def both(a, b):
    return a.nbytes + b.nbytes
`;

/** 64 MB of float64 on their way from one worker of a pool to another. */
export function transfer() {
  // Workers that are replaced in between would measure something else.
  const recycle = { tasks: Number.POSITIVE_INFINITY, heapBytes: Number.POSITIVE_INFINITY };
  const executor = createPyodideExecutor({ indexUrl: '/pyodide/', lanes: 2, spare: false, recycle });
  const { signal } = new AbortController();
  let count = 0;

  function task(entry: string, inputs: Task['inputs']): Task {
    const id = `task-${count++}`;
    return { id, nodeId: id, typeId: entry, revision: '1', inputs };
  }

  async function perform(one: Task): Promise<Made> {
    let ref: ValueRef | undefined;
    let worker = '';
    await executor.execute(
      { id: `batch-${count++}`, tasks: [one] },
      {
        signal,
        onEvents(events) {
          for (const event of events) {
            if (event.kind === 'output') worker += event.text;
            else if (event.kind === 'success') ref = event.outputs.result?.ref;
            else if (event.kind === 'error') throw new Error(event.error.message);
          }
        },
      },
    );
    if (!ref) throw new Error(`${one.typeId} gave nothing.`);
    return { ref, worker };
  }

  /** One in each of two workers. */
  async function twice(size: number, seconds: number): Promise<readonly [Made, Made]> {
    const inputs = { size: literal(size), seconds: literal(seconds) };
    return Promise.all([perform(task('make', inputs)), perform(task('make', inputs))]);
  }

  return {
    async ready(): Promise<void> {
      await executor.define(
        ['make', 'both'].map((entry) => ({
          typeId: entry,
          outputs: ['result'],
          implementation: {
            kind: 'source',
            language: 'python',
            source: SOURCE,
            entry,
            revision: '1',
            returns: 'single',
          },
        })),
      );
      await executor.start();
      // The second worker is started when there is work for it.
      for (let tries = 0; tries < TRIES; tries++) {
        const [a, b] = await twice(8, 2);
        executor.release([a.ref, b.ref]);
        if (a.worker !== b.worker) return;
      }
      throw new Error('The pool has not started a second worker.');
    },
    /** Each of two workers makes one; a node that needs both brings one of them over. Gives the milliseconds of that. */
    async once(): Promise<number> {
      const [a, b] = await twice(BYTES, 0.05);
      if (a.worker === b.worker)
        throw new Error(`Both are in the same worker: nothing is brought anywhere (${a.worker}).`);
      const start = performance.now();
      const sum = await perform(task('both', { a: { kind: 'ref', ref: a.ref }, b: { kind: 'ref', ref: b.ref } }));
      const time = performance.now() - start;
      executor.release([a.ref, b.ref, sum.ref]);
      return time;
    },
  };
}
