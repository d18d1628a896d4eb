import { createLibrary, type FlowDocument } from '@loom/graph';
import { flow, randomFlowTypes } from '@loom/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createEngine } from '../engine/engine.js';
import type { EngineOptions } from '../engine/engine-options.js';
import type { Engine } from '../engine-api.js';
import { createJavaScriptExecutor } from '../javascript/executor.js';
import { ResultStore } from '../plan/results.js';
import { NodeBook } from './node-book.js';
import { NodeEndings } from './node-endings.js';
import { stage, turn } from './run-fixture.js';

const library = createLibrary({ shelves: [{ name: 'test', types: randomFlowTypes }] });
const { document } = flow().node('a', 'test/join').node('b', 'test/join').wire('a.out', 'b.in');

function javaScriptEngine(options: Partial<EngineOptions> = {}): Engine {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()], ...options });
  onTestFinished(() => engine.dispose());
  return engine;
}

/** Breaks a part of the engine until the end of the test. */
function breaks<Part extends object>(part: Part, method: keyof Part & string): void {
  const broken = vi.spyOn(part as Record<string, () => void>, method).mockImplementation(() => {
    throw new Error(`${method} is broken.`);
  });
  onTestFinished(() => broken.mockRestore());
}

async function faultOf(engine: Engine, of: FlowDocument = document): Promise<unknown> {
  const run = engine.run(of);
  return run.result.catch((error: unknown) => error);
}

describe('[E11] a fault of the engine', () => {
  it.each([
    ['while nobody listens', false],
    ['while somebody listens', true],
  ])('ends the run, %s', async (_, isHeard) => {
    const faults: unknown[] = [];
    const engine = javaScriptEngine({ onListenerError: (fault) => faults.push(fault) });
    const kinds: string[] = [];
    if (isHeard) engine.subscribe((events) => kinds.push(...events.map(({ kind }) => kind)));
    breaks(NodeBook.prototype, 'result');
    const error = await faultOf(engine);
    expect(error).toMatchObject({ code: 'engine/fault', cause: { message: 'result is broken.' } });
    expect(faults).toEqual([error]);
    if (isHeard) expect(kinds.at(-1)).toBe('run-finished');
    vi.restoreAllMocks();
    expect((await engine.run(document).result).status).toBe('succeeded');
  });

  it('in what is kept of it', async () => {
    breaks(ResultStore.prototype, 'keepAll');
    breaks(ResultStore.prototype, 'keep');
    expect(await faultOf(javaScriptEngine({ onListenerError: () => {} }))).toMatchObject({ code: 'engine/fault' });
  });

  it('when a node ends, by call and by batch', async () => {
    const listening = javaScriptEngine({ onListenerError: () => {} });
    listening.subscribe(() => {});
    breaks(NodeEndings.prototype, 'called');
    expect(await faultOf(listening)).toMatchObject({ code: 'engine/fault' });

    const { engine, js } = stage({}, {}, { onListenerError: () => {} });
    const fault = faultOf(engine, flow().node('a', 'test/js').document);
    await turn();
    breaks(NodeEndings.prototype, 'computed');
    js.succeed('a');
    expect(await fault).toMatchObject({ code: 'engine/fault', cause: { message: 'computed is broken.' } });
  });

  it('when it is cancelled, and in an executor that does not let go', async () => {
    const { engine, js } = stage({}, {}, { onListenerError: () => {} });
    const run = engine.run(flow().node('a', 'test/js').document);
    await turn();
    breaks(NodeEndings.prototype, 'cancelled');
    run.cancel();
    await expect(run.result).rejects.toMatchObject({ code: 'engine/fault' });
    vi.restoreAllMocks();
    js.release = () => {
      throw new Error('It does not let go.');
    };
    const again = engine.run(flow().node('a', 'test/js').document);
    await turn();
    js.succeedAll();
    await Promise.allSettled([again.result]);
  });
});

it('[E2] a listener that throws keeps no run from ending', async () => {
  const faults: unknown[] = [];
  const engine = javaScriptEngine({
    onListenerError: (fault) => {
      faults.push(fault);
      throw new Error('And so does who hears of that.');
    },
  });
  engine.subscribe(() => {
    throw new Error('It listens badly.');
  });
  const run = engine.run(document);
  run.subscribe(() => {
    throw new Error('So does this.');
  });
  expect((await run.result).status).toBe('succeeded');
  expect(faults.length).toBeGreaterThan(0);
});
