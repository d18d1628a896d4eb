import type { Executor, ParameterAnswer, Task, TaskEvent } from '@loom/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { python } from './python-programs.js';
import { callOf, errorOf, performTasks, resultOf } from './tasks.js';

export interface TalkingOptions {
  readonly name: string;
  readonly create: () => Executor;
  /** Whether code that computes can be reached. */
  readonly shared: boolean;
}

/** What running code and the page say to each other. */
export function talking({ name, create, shared }: TalkingOptions): void {
  describe(`running code: ${name}`, () => {
    let executor: Executor;

    beforeAll(async () => {
      executor = create();
      await executor.start();
    });

    afterAll(() => executor?.dispose());

    /** Runs one node; `onEvent` sees what it says. */
    async function run(source: string, onEvent: (event: TaskEvent, task: Task) => void = () => {}) {
      const definition = python('talking', source, { revision: source });
      await executor.define([definition]);
      const task = callOf(definition);
      const { events, ends } = await performTasks(executor, [task], {
        cancelOn: (event) => {
          onEvent(event, task);
          return false;
        },
      });
      return { events, end: ends[0] };
    }

    const said = (events: readonly TaskEvent[], stream: string) =>
      events.flatMap((event) => (event.kind === 'output' && event.stream === stream ? [event.text] : [])).join('');

    it('metrics and progress are told', async () => {
      const source =
        'def f(ctx):\n    for n in ctx.progress(range(4), "step"):\n        ctx.metric("loss", 1 / (n + 1))\n        ctx.metric("nan", float("nan"))\n';
      const { events } = await run(source);
      const losses = events.flatMap((event) => (event.kind === 'metric' && event.name === 'loss' ? [event] : []));
      expect(losses.map(({ value, step }) => [step, value])).toEqual([
        [0, 1],
        [1, 0.5],
        [2, 1 / 3],
        [3, 0.25],
      ]);
      expect(events).toContainEqual({ kind: 'metric', task: expect.any(String), name: 'nan', value: null, step: 3 });
      expect(events.filter(({ kind }) => kind === 'progress').at(-1)).toMatchObject({
        fraction: 1,
        message: 'step 4 of 4',
      });
    });

    it('code that awaits asks, and is answered', async () => {
      const source = 'async def f(ctx):\n    return "Hello " + await ctx.ask("Name?")\n';
      const { events, end } = await run(source, (event) => {
        if (event.kind === 'asked') executor.answer?.(event.task, event.question, `${event.prompt} Ada`);
      });
      expect(await resultOf(executor, end)).toBe('Hello Name? Ada');
      expect(events.map(({ kind }) => kind)).toEqual(['started', 'asked', 'answered', 'success']);
    });

    it('the end of input is an error of the node', async () => {
      const { end } = await run('async def f(ctx):\n    return await ctx.ask("?")\n', (event) => {
        if (event.kind === 'asked') executor.answer?.(event.task, event.question, null);
      });
      expect(errorOf(end).message).toMatch(/^EOFError/);
    });

    it.runIf(shared)('input() waits for its answer, and prints both', async () => {
      const { events, end } = await run('def f():\n    return input("Name? ") + input()\n', (event) => {
        if (event.kind === 'asked') executor.answer?.(event.task, event.question, event.prompt === '' ? 'B' : 'A');
      });
      expect(await resultOf(executor, end)).toBe('AB');
      expect(said(events, 'stdout')).toBe('Name? A\nB\n');
    });

    it.runIf(shared)('waiting for input ends when the run is cancelled, without harm', async () => {
      const definition = python('waiting', 'def f():\n    return input()\n');
      await executor.define([definition]);
      const { ends } = await performTasks(executor, [callOf(definition)], { cancelOn: ({ kind }) => kind === 'asked' });
      expect(ends[0]?.kind).toBe('cancelled');
      expect(executor.status.state).toBe('ready');
    });

    const TUNED = [
      'def f(ctx):',
      '    seen = []',
      '    def tune(value):',
      '        if value == 13: raise ValueError("unlucky")',
      '        seen.append(value)',
      '    ctx.on_parameter("rate", tune)',
      '    ctx.log("ready")',
      '    while not seen and ctx.param("size", 1) != 2:',
      '        pass',
      '    return seen + [ctx.param("size", 1)]',
    ].join('\n');

    it.runIf(shared)('code that computes takes parameters, without looking for them', async () => {
      const answers: ParameterAnswer[] = [];
      const { end } = await run(TUNED, async (event, task) => {
        if (event.kind !== 'output') return;
        const set = async (parameter: string, value: unknown) =>
          answers.push(await executor.setParameter(task.id, parameter, value as never));
        await Promise.all([set('rate', 13), set('speed', 1), set('size', 'large')]);
        await set('rate', 5);
      });
      expect(await resultOf(executor, end)).toEqual([5, 1]);
      await expect.poll(() => answers).toHaveLength(4);
      expect(answers).toEqual([
        { status: 'rejected', reason: 'unlucky' },
        { status: 'no-handler' },
        { status: 'rejected', reason: "“size” takes a whole number, not 'large'." },
        { status: 'applied' },
      ]);
    });

    it.runIf(shared)('a sleeping node is woken for a parameter, and sleeps on', async () => {
      const source = [
        'import time',
        'def f(ctx):',
        '    ctx.param("size", 1)',
        '    ctx.log("ready")',
        '    begun = time.monotonic()',
        '    time.sleep(3)',
        '    return [ctx.param("size", 1), time.monotonic() - begun >= 3]',
      ].join('\n');
      let answer: Promise<ParameterAnswer> | undefined;
      const { end } = await run(source, (event, task) => {
        if (event.kind === 'output') answer = executor.setParameter(task.id, 'size', 2);
      });
      expect(await answer).toEqual({ status: 'applied' });
      expect(await resultOf(executor, end)).toEqual([2, true]);
    });

    it('code that awaits takes parameters', async () => {
      const source = [
        'import asyncio',
        'async def f(ctx):',
        '    ctx.log("ready")',
        '    while ctx.param("size", 1) == 1:',
        '        await asyncio.sleep(0)',
        '    return ctx.param("size", 1)',
      ].join('\n');
      let answer: Promise<ParameterAnswer> | undefined;
      const { end } = await run(source, (event, task) => {
        if (event.kind === 'output') answer ??= executor.setParameter(task.id, 'size', 2);
      });
      expect(await answer).toEqual({ status: 'applied' });
      expect(await resultOf(executor, end)).toBe(2);
    });

    it.skipIf(shared)('code that computes and cannot be reached is said to be so', async () => {
      const source =
        'import time\ndef f(ctx):\n    ctx.param("size", 1)\n    ctx.log("ready")\n    end = time.time() + 4\n    while time.time() < end: pass\n    return ctx.param("size", 1)\n';
      let answer: Promise<ParameterAnswer> | undefined;
      const { end } = await run(source, (event, task) => {
        if (event.kind === 'output') answer = executor.setParameter(task.id, 'size', 2);
      });
      expect(await answer).toEqual({ status: 'rejected', reason: expect.stringContaining('cross-origin isolated') });
      expect(await resultOf(executor, end)).toBe(1);
    });

    it('what code has said is told while it computes', async () => {
      const definition = python('busy', 'def f():\n    print("hello")\n    while True:\n        pass\n');
      await executor.define([definition]);
      const { ends } = await performTasks(executor, [callOf(definition)], {
        cancelOn: ({ kind }) => kind === 'output',
      });
      expect(ends[0]?.kind).toBe('cancelled');
    });

    it('what is printed, logged and written to errors keeps its order', async () => {
      const source =
        'import sys\ndef f(ctx):\n    for n in range(3):\n        print("out", n)\n        print("err", n, file=sys.stderr)\n        ctx.log("log", n)\n';
      const { events } = await run(source);
      const texts = events.flatMap((event) => (event.kind === 'output' ? [event.text.trim()] : []));
      expect(texts).toEqual([0, 1, 2].flatMap((n) => [`out ${n}`, `err ${n}`, `log ${n}`]));
    });

    it('what reaches into the page is imported only where the app allows it', async () => {
      for (const line of ['import js', 'from pyodide.ffi import to_js', 'import pyodide_js']) {
        const { end } = await run(`def f():\n    ${line}\n`);
        expect(errorOf(end).message).toMatch(/^ImportError: A node may not import .* jsAccess: true\.$/);
      }
    });

    it('another revision of one node leaves the values of others', async () => {
      const first = python('reloaded', 'class Point:\n    x = 1\n\ndef make():\n    return Point()\n', {
        revision: 'r1',
      });
      const user = python('user', 'def use(point):\n    return point.x\n');
      await executor.define([first, user]);
      const made = (await performTasks(executor, [callOf(first)])).ends[0];
      if (made?.kind !== 'success' || !made.outputs.result) throw new Error('It was not made.');
      const second = python('reloaded', 'class Point:\n    x = 2\n\ndef make():\n    return Point()\n', {
        revision: 'r2',
      });
      await executor.define([second]);
      const again = callOf(second);
      const input = { kind: 'ref', ref: made.outputs.result.ref } as const;
      const old = { ...callOf(user), inputs: { point: input } };
      const fresh = { ...callOf(user), inputs: { point: { kind: 'task', task: again.id, port: 'result' } as const } };
      const { ends } = await performTasks(executor, [again, old, fresh]);
      expect(await resultOf(executor, ends[1])).toBe(1);
      expect(await resultOf(executor, ends[2])).toBe(2);
    });
  });
}
