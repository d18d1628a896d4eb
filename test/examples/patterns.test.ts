import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  builtinShelf,
  createEngine,
  createJavaScriptExecutor,
  goLive,
  type RunEvent,
  type RunResult,
} from '@loom/engine';
import { createLibrary, type FlowDocument, type Json, load, validate } from '@loom/graph';
import { simulatedClock } from '@loom/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../../scripts/workspace.js';

const folder = path.join(root, 'examples/flows/patterns');
const guides = path.join(root, 'docs/patterns');
const library = createLibrary({ shelves: [builtinShelf] });
const names = readdirSync(folder).map((file) => file.replace('.loom.json', ''));

function read(name: string): FlowDocument {
  const { document, issues } = load(JSON.parse(readFileSync(path.join(folder, `${name}.loom.json`), 'utf8')));
  expect(issues).toEqual([]);
  return document;
}

function engineFor(clock = simulatedClock(1)): ReturnType<typeof createEngine> {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()], clock });
  onTestFinished(() => engine.dispose());
  return engine;
}

/** Runs a flow to its end, turning the clock on while it waits. */
async function run(name: string): Promise<RunResult & { events: readonly RunEvent[] }> {
  const clock = simulatedClock(1);
  const started = engineFor(clock).run(read(name));
  const events: RunEvent[] = [];
  started.subscribe((group) => events.push(...group));
  let isOver = false;
  void started.result.then(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(50);
  }
  return { ...(await started.result), events };
}

const calls: Readonly<Record<string, readonly (readonly [Readonly<Record<string, Json>>, unknown])[]>> = {
  branch: [[{}, { price: 36 }]],
  switch: [[{}, { greeting: 'Bonjour, Ada!' }]],
  'for-each': [[{}, { squares: [1, 4, 9, 16, 25], sum: 55 }]],
  'collect-errors': [
    [
      {},
      {
        numbers: [1, 3],
        errors: [
          { index: 1, node: 'read', code: 'javascript/exception', message: 'Error: "two" is no number.' },
          { index: 3, node: 'read', code: 'javascript/exception', message: 'Error: "four" is no number.' },
        ],
      },
    ],
  ],
  while: [
    [{}, { root: expect.closeTo(Math.SQRT2, 9), iterations: 4 }],
    [{ number: 81 }, { root: expect.closeTo(9, 9), iterations: expect.any(Number) }],
  ],
  repeat: [
    [{}, { balance: expect.closeTo(1628.89, 2) }],
    [{ years: 0 }, { balance: 1000 }],
  ],
  'nested-zones': [
    [
      {},
      {
        table: [
          [1, 2, 3, 4],
          [2, 4, 6, 8],
          [3, 6, 9, 12],
        ],
      },
    ],
  ],
  subgraph: [[{}, { text: '*"one"*' }]],
  streams: [[{}, { mean: 21.5 }]],
  'server-loop': [[{}, { log: ['200 Welcome', '200 About us', '404 Not found', 'bye'] }]],
  'data-by-size': [
    [{}, { result: Array.from({ length: 40 }, (_, i) => 2 * (i + 1)) }],
    [{ rows: 3 }, { result: [2, 4, 6] }],
  ],
  'parallel-calls': [
    [
      {},
      {
        report: {
          weather: 'answer to weather/Oslo',
          news: 'answer to news/Oslo',
          traffic: 'answer to traffic/Oslo',
        },
      },
    ],
  ],
};

describe('each pattern', () => {
  it.each(names)('%s is a flow without problems', (name) => {
    expect(validate(read(name), library)).toEqual([]);
  });

  it.each(names)('%s has a guide that names it', (name) => {
    const texts = readdirSync(guides).map((file) => readFileSync(path.join(guides, file), 'utf8'));
    expect(texts.some((text) => text.includes(`patterns/${name}.loom.json`))).toBe(true);
  });

  it.each(
    Object.entries(calls).flatMap(([name, each]) => each.map(([inputs, outputs]) => [name, inputs, outputs] as const)),
  )('%s, called with %j', async (name, inputs, outputs) => {
    expect(await engineFor().call(read(name), inputs)).toEqual(outputs);
  });
});

it('joins: each policy makes something else of the same inputs', async () => {
  const { events } = await run('joins');
  const ends = events.flatMap((event) =>
    event.kind === 'node-succeeded' || event.kind === 'node-skipped' ? [`${event.node} ${event.kind}`] : [],
  );
  expect(ends).toEqual(
    expect.arrayContaining([
      'all node-skipped',
      'any node-succeeded',
      'first node-succeeded',
      'settled node-succeeded',
    ]),
  );
});

it('failure: a source is tried again, and one that hangs is given up', async () => {
  const { events, outputs, errors } = await run('failure');
  expect(events.filter(({ kind }) => kind === 'node-retrying')).toHaveLength(2);
  expect(errors).toMatchObject([{ node: 'hang', error: { code: 'node/timed-out' } }]);
  expect(outputs.use?.values?.preview.data['text/plain']).toContain('3');
});

it('parallel-calls: all three calls have begun before one of them ends', async () => {
  const { events } = await run('parallel-calls');
  const story = events.flatMap((event) =>
    (event.kind === 'node-started' || event.kind === 'node-succeeded') &&
    ['weather', 'news', 'traffic'].includes(event.node)
      ? [event.kind]
      : [],
  );
  expect(story.slice(0, 3)).toEqual(['node-started', 'node-started', 'node-started']);
});

it('data-by-size: the way that is not taken is skipped', async () => {
  const { events } = await run('data-by-size');
  expect(events).toContainEqual(
    expect.objectContaining({
      kind: 'node-skipped',
      node: 'sequential',
      reason: expect.objectContaining({ kind: 'upstream-skipped' }),
    }),
  );
  expect(events).toContainEqual(expect.objectContaining({ kind: 'node-skipped', node: 'slow' }));
});

it('live: nothing runs until something fires', async () => {
  const clock = simulatedClock(1);
  const engine = engineFor(clock);
  const results: string[] = [];
  engine.subscribe((events) => {
    for (const event of events) {
      if (event.kind !== 'node-succeeded') continue;
      for (const { preview } of Object.values(event.outputs))
        results.push(`${event.node} ${preview.data['text/plain']}`);
    }
  });
  const live = goLive(engine, read('live'), { clock });
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  await settle();
  expect(results).toEqual([]);
  live.emit('message', 'hello');
  await settle();
  expect(results).toContain('shout HELLO');
  clock.advance(1_000);
  await settle();
  expect(results.filter((text) => text.startsWith('double'))).toHaveLength(1);
  await live.stop();
  expect(clock.pending).toBe(0);
});
