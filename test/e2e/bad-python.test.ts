import { createEngine, createJavaScriptExecutor, type Engine, type RunEvent, type RunResult } from '@loom/engine';
import { createLibrary, type FlowDocument, load } from '@loom/graph';
import { createNodePyodideExecutor } from '@loom/pyodide/node';
import { readPythonType } from '@loom/python';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Sources by node id; every node is its own type, and has a neighbour that must not notice. */
function flow(sources: Record<string, string>, edges: Record<string, [string, string, string]> = {}): FlowDocument {
  const position = { x: 0, y: 0 };
  const { document, issues } = load({
    loom: 1,
    nodes: Object.fromEntries(Object.keys(sources).map((id) => [id, { type: id, position }])),
    edges: Object.fromEntries(
      Object.entries(edges).map(([id, [source, target, targetPort]]) => [
        id,
        { source, sourcePort: 'result', target, targetPort },
      ]),
    ),
    types: Object.fromEntries(Object.entries(sources).map(([id, source]) => [id, { kind: 'python', source }])),
  });
  expect(issues).toEqual([]);
  return document;
}

let engine: Engine;

beforeAll(() => {
  engine = createEngine({
    library: createLibrary({ readers: { python: readPythonType } }),
    executors: [createJavaScriptExecutor({}), createNodePyodideExecutor()],
  });
});
afterAll(() => engine.dispose());

function errorOf(result: RunResult, node: string) {
  return result.errors.find((entry) => entry.node === node)?.error;
}

const good = 'def good() -> int:\n    return 42\n';

async function nextRunWorks() {
  const result = await engine.run(flow({ good })).result;
  expect(result.outputs.good?.result?.preview.data['text/plain']).toBe('42');
}

describe('faulty Python', () => {
  it('fails at its own node with exact places, and everything else goes on', async () => {
    const document = flow(
      {
        good,
        syntax: 'def f() -> int:\n    return (1 +\n',
        division: 'def f() -> float:\n    x = 0\n    return 1 / x\n',
        nested: [
          'def inner():',
          '    raise KeyError("k")',
          '',
          'def f():',
          '    try:',
          '        inner()',
          '    except KeyError as error:',
          '        raise ValueError("outer") from error',
        ].join('\n'),
        asynchronous: [
          'import asyncio',
          '',
          'async def f() -> int:',
          '    await asyncio.sleep(0)',
          '    return [1][5]',
        ].join('\n'),
        comprehension: 'def f() -> list:\n    return [1 / (2 - n) for n in range(4)]\n',
        module: 'import no_such_module_at_all\n\ndef f() -> int:\n    return 1\n',
        unshowable: [
          'class Odd:',
          '    def __repr__(self):',
          '        raise RuntimeError("no")',
          '',
          'def f():',
          '    return Odd()',
        ].join('\n'),
        required: 'def f(x: int) -> int:\n    return x\n',
        exits: 'import sys\n\ndef f():\n    sys.exit(3)\n',
        after: 'def f(x: float) -> float:\n    return x + 1\n',
      },
      { wire: ['division', 'after', 'x'] },
    );
    const result = await engine.run(document).result;

    expect(result.status).toBe('failed');
    expect(result.counts).toMatchObject({ success: 2, error: 8, skipped: 1, cancelled: 0 });
    expect(result.outputs.good?.result?.preview.data['text/plain']).toBe('42');
    expect(result.outputs.unshowable?.result?.preview.data['text/plain']).toContain('Odd');
    expect(errorOf(result, 'syntax')).toMatchObject({ code: 'python/syntax', frames: [{ line: 2 }] });
    expect(errorOf(result, 'division')).toMatchObject({
      code: 'python/exception',
      message: 'ZeroDivisionError: division by zero',
      frames: [{ functionName: 'f', line: 3, column: 12, endColumn: 17, text: '    return 1 / x' }],
    });
    expect(errorOf(result, 'nested')).toMatchObject({
      message: 'ValueError: outer',
      frames: [{ line: 8 }],
      cause: { message: "KeyError: 'k'", frames: [{ line: 6 }, { functionName: 'inner', line: 2 }] },
    });
    expect(errorOf(result, 'asynchronous')).toMatchObject({
      message: 'IndexError: list index out of range',
      frames: [{ line: 5, column: 12 }],
    });
    expect(errorOf(result, 'comprehension')?.frames.at(-1)).toMatchObject({ line: 2, column: 13 });
    expect(errorOf(result, 'module')).toMatchObject({ code: 'python/missing-module' });
    expect(errorOf(result, 'module')?.message).toContain('no_such_module_at_all');
    expect(errorOf(result, 'required')).toMatchObject({ code: 'node/missing-input' });
    expect(errorOf(result, 'exits')?.message).toContain('sys.exit');
    await nextRunWorks();
  });

  it.each([
    ['an endless loop', 'def f():\n    while True:\n        pass\n'],
    ['an endless print', 'def f():\n    while True:\n        print("again " * 20)\n'],
    ['an endless wait', 'import asyncio\n\nasync def f():\n    await asyncio.sleep(3600)\n'],
    [
      'a loop that catches everything',
      [
        'def f():',
        '    print("started", flush=True)',
        '    while True:',
        '        try:',
        '            pass',
        '        except BaseException:',
        '            pass',
      ].join('\n'),
    ],
  ])('stops %s, and the next run works', async (_, source) => {
    const run = engine.run(flow({ endless: source, good }));
    let texts = 0;
    const started = new Promise<void>((resolve) => {
      run.subscribe((events: readonly RunEvent[]) => {
        for (const event of events) {
          if (event.kind === 'node-output') texts += event.text.length;
          if (event.kind === 'node-started' && event.node === 'endless') resolve();
        }
      });
    });
    await started;
    run.cancel();
    const result = await run.result;
    expect(result.status).toBe('cancelled');
    expect(result.counts.cancelled).toBeGreaterThanOrEqual(1);
    expect(texts).toBeLessThan(2_000_000);
    await nextRunWorks();
  });

  it('ends a run that takes too long', async () => {
    const result = await engine.run(flow({ endless: 'def f():\n    while True:\n        pass\n' }), { timeoutMs: 200 })
      .result;
    expect(result.status).toBe('timed-out');
    await nextRunWorks();
  });
});
