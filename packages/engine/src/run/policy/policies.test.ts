import type { FlowDocument } from '@loom/graph';
import { createLibrary } from '@loom/graph';
import { flow, simulatedClock } from '@loom/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Run } from '../../api.js';
import { builtinShelf } from '../../builtin-shelf.js';
import { defineNode } from '../../define-node.js';
import { createEngine } from '../../engine/engine.js';
import type { RunEvent } from '../../event.js';
import { createJavaScriptExecutor } from '../../javascript/executor.js';
import { numberTypes } from '../container/zone-fixture.js';
import { stage, turn } from '../run-fixture.js';

/** A stage whose functions fail or wait as a test says. */
function policyStage(): {
  start(document: FlowDocument): { run: Run; events: RunEvent[] };
  clock: ReturnType<typeof simulatedClock>;
  tries: number[];
  failures: { left: number };
  aborted: string[];
} {
  const clock = simulatedClock(1);
  const tries: number[] = [];
  const failures = { left: 0 };
  const aborted: string[] = [];
  const flaky = {
    outputs: { out: 'any' },
    run: () => {
      tries.push(clock.now());
      if (failures.left-- > 0) throw new Error('Not yet.');
      return { out: 1 };
    },
  } as const;
  const types = [
    defineNode({ id: 'p/flaky', pure: true, ...flaky }),
    defineNode({ id: 'p/impure', ...flaky }),
    defineNode({
      id: 'p/never',
      inputs: { in: { type: 'any', required: false } },
      outputs: { out: 'any' },
      run: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted.push((signal.reason as { code: string }).code);
            reject(signal.reason);
          });
        }),
    }),
  ];
  const library = createLibrary({ shelves: [builtinShelf, { name: 'n', types: [...numberTypes, ...types] }] });
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()], clock });
  onTestFinished(() => engine.dispose());
  const start = (document: FlowDocument): { run: Run; events: RunEvent[] } => {
    const run = engine.run(document);
    const events: RunEvent[] = [];
    run.subscribe((group) => events.push(...group));
    return { run, events };
  };
  return { start, clock, tries, failures, aborted };
}

const kinds = (events: readonly RunEvent[]): string[] =>
  events.filter((event) => 'node' in event).map((event) => `${event.kind} ${'node' in event ? event.node : ''}`);

describe('[C7] the time limit of a node', () => {
  it('stops its call alone', async () => {
    const { start, clock, aborted } = policyStage();
    const { run } = start(
      flow().node('slow', 'p/never', {}, { timeoutMs: 100 }).node('other', 'loom/value-number').document,
    );
    await turn();
    clock.advance(99);
    await turn();
    expect(aborted).toEqual([]);
    clock.advance(1);
    const { errors, counts, status } = await run.result;
    expect(errors).toMatchObject([{ node: 'slow', error: { code: 'node/timed-out' } }]);
    expect([status, counts.success, aborted]).toEqual(['failed', 1, ['node/timed-out']]);
    expect(clock.pending).toBe(0);
  });

  it('stops its batch, in which it is alone', async () => {
    const { engine, py, clock } = stage({}, { lanes: 2 });
    const run = engine.run(flow().node('slow', 'test/py', {}, { timeoutMs: 100 }).node('other', 'test/py').document);
    await turn();
    py.begin('slow');
    clock.advance(100);
    await turn();
    py.succeed('other');
    const { errors, counts } = await run.result;
    expect(errors).toMatchObject([{ node: 'slow', error: { code: 'node/timed-out' } }]);
    expect(counts.success).toBe(1);
    expect(py.batches.map(({ tasks }) => tasks.length)).toEqual([1, 1]);
  });

  it('is over all frames of a zone', async () => {
    const { start, clock } = policyStage();
    const { document } = flow()
      .zone('loop', { kind: 'repeat' }, { times: 3 }, { timeoutMs: 50 })
      .node('slow', 'p/never')
      .into('loop', 'slow')
      .wire('loop.index', 'slow.in');
    const { run } = start(document);
    await turn();
    clock.advance(50);
    const { errors, counts } = await run.result;
    expect(errors).toMatchObject([{ node: 'loop', error: { code: 'node/timed-out' } }]);
    expect(counts).toMatchObject({ error: 1, cancelled: 1 });
    expect(clock.pending).toBe(0);
  });
});

describe('[C8] further tries', () => {
  it('come after longer and longer waits, and may succeed', async () => {
    const { start, clock, tries, failures } = policyStage();
    failures.left = 3;
    const { run, events } = start(flow().node('a', 'p/flaky', {}, { retries: 3 }).document);
    for (const delay of [100, 200, 400]) {
      await turn();
      clock.advance(delay - 1);
      await turn();
      clock.advance(1);
    }
    expect((await run.result).status).toBe('succeeded');
    expect(tries).toEqual([1, 101, 301, 701]);
    expect(kinds(events)).toEqual([
      'node-queued a',
      ...[1, 2, 3].flatMap(() => ['node-started a', 'node-retrying a']),
      'node-started a',
      'node-succeeded a',
    ]);
  });

  it('end with the last error when there are no more', async () => {
    const { start, clock, failures } = policyStage();
    failures.left = 9;
    const { run } = start(flow().node('a', 'p/flaky', {}, { retries: 1 }).document);
    await turn();
    clock.advance(100);
    expect((await run.result).errors).toMatchObject([{ error: { message: 'Error: Not yet.' } }]);
    expect(clock.pending).toBe(0);
  });

  it('are for nodes that may run twice only', async () => {
    const { start, tries, failures } = policyStage();
    failures.left = 1;
    const { run } = start(flow().node('a', 'p/impure', {}, { retries: 3 }).document);
    expect((await run.result).status).toBe('failed');
    expect(tries).toHaveLength(1);
  });

  it('[C9] end at once when the run is cancelled', async () => {
    const { start, clock, failures } = policyStage();
    failures.left = 9;
    const { run } = start(flow().node('a', 'p/flaky', {}, { retries: 3 }).document);
    await turn();
    run.cancel();
    expect((await run.result).counts).toMatchObject({ cancelled: 1 });
    expect(clock.pending).toBe(0);
  });
});
