import { createEngine } from '@loom/engine';
import { createLibrary, emptyDocument, type FlowDocument } from '@loom/graph';
import { readPythonType } from '@loom/python';
import { expect, it, onTestFinished } from 'vitest';
import { createNodePyodideExecutor } from '../node.js';
import type { Session } from '../pool/session.js';
import { ValueTable } from './value-table.js';

const session = (generation: number) => ({ generation }) as Session;
const packed = (bytes: number) => ({ data: new ArrayBuffer(bytes), buffers: [] });

it('a value that is saved outlives its worker, and is known until it is let go', () => {
  const one = session(1);
  const values = new ValueTable('python');
  const [saved, lost] = [values.add(one, 'v1'), values.add(one, 'v2')];
  values.save(one, ['v1'], packed(8));
  expect(values.lose(one)).toEqual([lost.handle]);
  expect(values.find(saved)?.home).toBeUndefined();
  expect(values.bytesIn(one)).toBeUndefined();
  // No worker has anything to let go.
  expect(values.release([saved]).size).toBe(0);
  expect(values.size).toBe(0);
});

it('of what is saved the oldest goes first when there is too much of it', () => {
  const one = session(1);
  const values = new ValueTable('python');
  const refs = ['v1', 'v2', 'v3'].map((inner) => {
    const ref = values.add(one, inner);
    values.save(one, [inner], packed(6_000_000));
    return ref;
  });
  expect(values.lose(one)).toEqual([refs[0]?.handle]);
});

it('what was let go makes room', () => {
  const one = session(1);
  const values = new ValueTable('python');
  for (const inner of ['v1', 'v2', 'v3', 'v4']) {
    const ref = values.add(one, inner);
    values.save(one, [inner], packed(10_000_000));
    if (inner !== 'v4') values.release([ref]);
  }
  expect(values.lose(one)).toEqual([]);
});

const SOURCES = {
  make: 'class Row:\n    def __init__(self, n):\n        self.n = n\n\ndef make(n: int):\n    return Row(n)\n',
  count: 'def count(n: int) -> int:\n    return n\n',
  large: 'def large() -> bytes:\n    return bytes(1_000_000)\n',
  stuck: 'def stuck(row, count, size):\n    while True:\n        pass\n',
  after: 'def after(row, count: int, size: bytes) -> int:\n    return row.n + count + len(size)\n',
};
const node = (type: keyof typeof SOURCES, inputs: Record<string, number> = {}) => ({
  type,
  inputs,
  position: { x: 0, y: 0 },
});
const wires = [
  ['make', 'row'],
  ['count', 'count'],
  ['large', 'size'],
] as const;
const flow: FlowDocument = {
  ...emptyDocument,
  types: Object.fromEntries(Object.entries(SOURCES).map(([id, source]) => [id, { kind: 'python', source }])),
  nodes: {
    make: node('make', { n: 1 }),
    count: node('count', { n: 2 }),
    large: node('large'),
    stuck: node('stuck'),
    after: node('after'),
  },
  edges: Object.fromEntries(
    ['stuck', 'after'].flatMap((target) =>
      wires.map(([source, targetPort]) => [
        `${source}-${target}`,
        { source, sourcePort: 'result', target, targetPort },
      ]),
    ),
  ),
};

it('where code is stopped by ending its worker, small values need not be computed again', async () => {
  const executor = createNodePyodideExecutor({ lanes: 1, cancel: 'restart' });
  const library = createLibrary({ readers: { python: readPythonType } });
  const engine = createEngine({ library, executors: [executor], keepResults: true });
  onTestFinished(() => engine.dispose());
  const computed: string[] = [];
  let onStarted = (_node: string) => {};
  engine.subscribe((events) => {
    for (const event of events) {
      if (event.kind === 'node-started') onStarted(event.node);
      if (event.kind === 'node-succeeded' && !event.cached) computed.push(event.node);
    }
  });
  const run = (target: string) => engine.run(flow, { targets: { kind: 'nodes', nodes: [target] } });
  const end = async () => {
    const busy = new Promise<void>((resolve) => {
      onStarted = (started) => started === 'stuck' && resolve();
    });
    const stuck = run('stuck');
    await busy;
    stuck.cancel();
    expect((await stuck.result).status).toBe('cancelled');
    const known = computed.splice(0);
    const { status, outputs } = await run('after').result;
    expect(status).toBe('succeeded');
    const ref = outputs.after?.result?.ref;
    expect(ref && (await engine.read(ref))).toBe(1_000_003);
    return { known, again: computed.splice(0) };
  };

  // The first time they were made in the batch that was ended, the second time they had been restored before.
  expect(await end()).toEqual({ known: ['make', 'count', 'large'], again: ['large', 'after'] });
  expect(await end()).toEqual({ known: [], again: ['large', 'after'] });
});
