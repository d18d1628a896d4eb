import type { Executor, TaskEvent } from '@loom/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { python } from '../test/python-programs.js';
import { errorOf, type PerformOptions, perform } from '../test/tasks.js';
import { createNodePyodideExecutor } from './node.js';

describe.each([
  ['shared memory', {}],
  ['no shared memory', { cancel: 'restart' }],
] as const)('order of output with %s', (_, options) => {
  let executor: Executor;

  beforeAll(async () => {
    executor = createNodePyodideExecutor({
      ...options,
      lanes: 1,
      restarts: { limit: 100, windowMs: 60_000, backOffMs: 0 },
    });
    await executor.start();
  });

  afterAll(() => executor?.dispose());

  async function run(lines: readonly string[], performOptions?: PerformOptions) {
    const source = `import os, sys\n\ndef f(ctx):\n${lines.map((line) => `    ${line}\n`).join('')}`;
    const program = python('saying', source, { revision: source });
    const { events, ends } = await perform(executor, [program], performOptions);
    return { events, end: ends[0] };
  }

  /** What was said, in words; texts of one stream that came one after the other as one. */
  function told(events: readonly TaskEvent[]): string[] {
    const said: string[] = [];
    let stream = '';
    for (const event of events) {
      if (event.kind === 'output' && event.stream === stream) said.push(`${said.pop()}${event.text}`);
      else if (event.kind === 'output') said.push(`${event.stream}: ${event.text}`);
      else if (event.kind === 'metric') said.push(`metric: ${event.name} ${event.value}`);
      else if (event.kind === 'progress') said.push(`progress: ${event.fraction}`);
      stream = event.kind === 'output' ? event.stream : '';
    }
    return said;
  }

  it('is that in which it was made, whatever it is', async () => {
    const { events } = await run([
      'print("a")',
      'ctx.metric("loss", 1)',
      'print("b", file=sys.stderr)',
      'ctx.progress(0.5)',
      'ctx.log("c")',
      'ctx.metric("loss", 2)',
      'print("d")',
      'ctx.progress(1)',
    ]);
    expect(told(events)).toEqual([
      'stdout: a\n',
      'metric: loss 1',
      'stderr: b\n',
      'progress: 0.5',
      'log: c\n',
      'metric: loss 2',
      'stdout: d\n',
      'progress: 1',
    ]);
  });

  it('holds between text of many lines and metrics, however fast they come', async () => {
    const { events } = await run(['for n in range(30):', '    print(n)', '    ctx.metric("n", n)']);
    expect(told(events)).toEqual(Array.from({ length: 30 }, (_, n) => [`stdout: ${n}\n`, `metric: n ${n}`]).flat());
  });

  it.each([
    ['an exception', 'raise ValueError("boom")', 'python/exception'],
    ['sys.exit', 'sys.exit(3)', 'python/exception'],
    ['os._exit', 'os._exit(3)', 'python/fatal'],
    ['os.abort', 'os.abort()', 'python/fatal'],
  ])('nothing is lost before %s', async (_, line, code) => {
    const { events, end } = await run([
      'print("begun")',
      'print("last", end="")',
      'print("words", end="", file=sys.stderr)',
      line,
    ]);
    expect(told(events)).toEqual(['stdout: begun\nlast', 'stderr: words']);
    expect(errorOf(end).code).toBe(code);
  });

  it('nothing is lost before a cancel of code that computes', async () => {
    const { events, end } = await run(['ctx.log("before")', 'print("last", end="")', 'while True:', '    pass'], {
      cancelOn: (event) => event.kind === 'output' && event.text === 'last',
    });
    expect(end?.kind).toBe('cancelled');
    expect(told(events)).toEqual(['log: before\n', 'stdout: last']);
  });

  it('a flood is cut and marked, and what is told after it stands after it', async () => {
    const { events, end } = await run([
      'print("first", file=sys.stderr)',
      'for _ in range(300):',
      '    print("x" * 9_999)',
      'print("too late", file=sys.stderr)',
      'ctx.metric("after", 1)',
      'raise ValueError("boom")',
    ]);
    const [first, flood, metric, dropped] = told(events);
    expect([first, metric]).toEqual(['stderr: first\n', 'metric: after 1']);
    expect(flood).toMatch(/^stdout: x+\n.*x\n… output cut after 1 MB\n$/s);
    expect(dropped).toMatch(/^stdout: … 2,000,\d{3} more characters were dropped\n$/);
    expect(errorOf(end).message).toBe('ValueError: boom');
  });
});
