import { createFakeExecutor, flow } from '@loom/testing';
import { expect, it, onTestFinished } from 'vitest';
import type { RunResult } from '../api.js';
import { createEngine } from '../engine/engine.js';
import { library, turn } from './run-fixture.js';

const METHODS = ['start', 'prepare', 'define', 'execute', 'read', 'write'] as const;
const FAULTS = METHODS.flatMap((method) => [[method, 'throws'] as const, [method, 'rejects'] as const]);

it.each([...FAULTS, ['release', 'throws'] as const])(
  '[E11] an executor whose %s %s keeps no run from ending',
  async (method, how) => {
    const executors = [
      createFakeExecutor({ id: 'js', performs: ['function'] }),
      createFakeExecutor({ id: 'py', performs: ['python'] }),
    ] as const;
    const [js, py] = executors;
    Object.assign(py, {
      [method]: () => {
        const fault = new Error(`${method} does not work.`);
        if (how === 'throws') throw fault;
        return Promise.reject(fault);
      },
    });
    const engine = createEngine({ library, executors, onListenerError: () => {} });
    onTestFinished(async () => {
      delete (py as { release?: unknown }).release;
      await engine.dispose();
    });
    const document = flow()
      .node('a', 'test/js')
      .node('b', 'test/py')
      .node('c', 'test/js')
      .wire('a.out', 'b.in')
      .wire('b.out', 'c.in').document;
    for (let i = 0; i < 2; i++) {
      const run = engine.run(document);
      let result: RunResult | undefined;
      void run.result.then((ended) => {
        result = ended;
      });
      for (let turns = 0; turns < 20 && !result; turns++) {
        await turn();
        js.succeedAll();
        py.succeedAll();
      }
      if (method === 'release') expect(result).toMatchObject({ status: 'succeeded' });
      else {
        const message = expect.stringContaining(`${method} does not work.`);
        expect(result).toMatchObject({ status: 'failed', errors: [{ error: { message } }] });
      }
    }
  },
);
