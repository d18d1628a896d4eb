import { createEngine } from '@loom/engine';
import { createLibrary, emptyDocument, type FlowDocument } from '@loom/graph';
import { readPythonType } from '@loom/python';
import { expect, it, onTestFinished } from 'vitest';
import { createNodePyodideExecutor } from './node.js';

const STUBBORN = `
def stuck(value):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
`;
const SOURCES = {
  hold: 'import asyncio\n\nasync def hold(value: list = []):\n    await asyncio.Event().wait()\n',
  make: 'def make(n: int) -> list:\n    return [n]\n',
  stuck: STUBBORN,
  total: 'def total(a: list, b: list) -> int:\n    return sum(a + b)\n',
};
const node = (type: string, inputs: Record<string, number> = {}) => ({ type, inputs, position: { x: 0, y: 0 } });
const flow: FlowDocument = {
  ...emptyDocument,
  types: Object.fromEntries(Object.entries(SOURCES).map(([id, source]) => [id, { kind: 'python', source }])),
  nodes: {
    hold1: node('hold'),
    hold2: node('hold'),
    a: node('make', { n: 1 }),
    b: node('make', { n: 2 }),
    stuck: node('stuck'),
    total: node('total'),
  },
  edges: {
    e0: { source: 'a', sourcePort: 'result', target: 'hold2', targetPort: 'value' },
    e1: { source: 'b', sourcePort: 'result', target: 'stuck', targetPort: 'value' },
    e2: { source: 'a', sourcePort: 'result', target: 'total', targetPort: 'a' },
    e3: { source: 'b', sourcePort: 'result', target: 'total', targetPort: 'b' },
  },
};

it('[R3] of two workers one is ended: what it held is computed again, and what the other one holds is not', async () => {
  const executor = createNodePyodideExecutor({ lanes: 2 });
  const library = createLibrary({ readers: { python: readPythonType } });
  const engine = createEngine({ library, executors: [executor] });
  onTestFinished(() => engine.dispose());
  const started = new Set<string>();
  const computed: string[] = [];
  let onStarted = () => {};
  engine.subscribe((events) => {
    for (const event of events) {
      if (event.kind === 'node-started') started.add(event.node);
      if (event.kind === 'node-succeeded' && !event.cached) computed.push(event.node);
    }
    onStarted();
  });
  const run = (...nodes: string[]) => engine.run(flow, { targets: { kind: 'nodes', nodes } });
  const whenStarted = (...nodes: string[]) =>
    new Promise<void>((resolve) => {
      onStarted = () => nodes.every((each) => started.has(each)) && resolve();
      onStarted();
    });

  // While one worker is held, the other one makes what is asked for.
  const first = run('hold1');
  await whenStarted('hold1');
  await run('a').result;
  first.cancel();
  await first.result;
  const second = run('hold2');
  await whenStarted('hold2');
  await run('b').result;
  second.cancel();
  await second.result;
  const busy = run('stuck');
  await whenStarted('stuck');
  busy.cancel();
  expect((await busy.result).status).toBe('cancelled');

  computed.length = 0;
  const { status, outputs } = await run('total').result;
  expect(status).toBe('succeeded');
  expect(computed.sort()).toEqual(['b', 'total']);
  const ref = outputs.total?.result?.ref;
  expect(ref && (await engine.read(ref))).toBe(3);
}, 60_000);
