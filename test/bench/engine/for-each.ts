import { createEngine, createJavaScriptExecutor, defineNode } from '@loom/engine';
import { createLibrary, emptyDocument, type FlowDocument, type FlowEdge, load } from '@loom/graph';
import { measureInterleaved, timed } from '../measure.js';
import { type Figure, timesAsLong } from '../row.js';
import type { OwnCase } from './cases.js';
import { mix } from './work.js';

const REPETITIONS = 15;
const ITEMS = Array.from({ length: 100_000 }, (_, i) => i % 1_000);

const library = createLibrary({
  shelves: [
    {
      name: 'bench',
      types: [
        defineNode({ id: 'bench/items', outputs: { items: 'list<number>' }, run: () => ({ items: ITEMS }) }),
        defineNode({
          id: 'bench/mix',
          inputs: { a: 'number', b: 'number' },
          outputs: { out: 'number' },
          run: ({ a, b }) => ({ out: mix(a, b) }),
        }),
        defineNode({
          id: 'bench/end',
          inputs: { list: 'list<number>' },
          outputs: { length: 'number', last: 'number' },
          run: ({ list }) => ({ length: list.length, last: list.at(-1) ?? -1 }),
        }),
      ],
    },
  ],
});

function wire(text: string): FlowEdge {
  const [source = '', sourcePort = '', target = '', targetPort = ''] = text.split(/ -> |\./);
  return { source, sourcePort, target, targetPort };
}

/** A list, a for-each around three nodes in a row, and what looks at the end of the list that comes out. */
function forEachFlow(): FlowDocument {
  const position = { x: 0, y: 0 };
  const inBody = { type: 'bench/mix', position, parent: 'each' };
  const edges = [
    'items.items -> each.items',
    'each.item -> first.a',
    'each.index -> first.b',
    'first.out -> second.a',
    'second.out -> third.a',
    'third.out -> each.result',
    'each.result -> end.list',
  ];
  return {
    ...emptyDocument,
    nodes: {
      items: { type: 'bench/items', position },
      each: { type: 'loom/for-each', position, settings: { zone: { kind: 'for-each' } } },
      first: inBody,
      second: { ...inBody, inputs: { b: 1 } },
      third: { ...inBody, inputs: { b: 2 } },
      end: { type: 'bench/end', position },
    },
    edges: Object.fromEntries(edges.map((text, i) => [`e${i}`, wire(text)])),
  };
}

interface BareNode {
  readonly call: typeof mix;
  readonly inputs: readonly [number, number];
}

const BODY: readonly BareNode[] = [
  { call: mix, inputs: [3, 4] },
  { call: mix, inputs: [0, 5] },
  { call: mix, inputs: [1, 6] },
];

/** Three nodes over an array of values, once for each item: the bare loop, with the item, its index and the literals behind. */
function bareForEach(): readonly number[] {
  const values = [0, 0, 0, 0, 0, 1, 2];
  const results = new Array<number>(ITEMS.length);
  for (let index = 0; index < ITEMS.length; index++) {
    values[3] = ITEMS[index] as number; // within the bounds of the loops, here and below
    values[4] = index;
    for (let i = 0; i < BODY.length; i++) {
      const { call, inputs } = BODY[i] as BareNode;
      values[i] = call(values[inputs[0]] as number, values[inputs[1]] as number);
    }
    results[index] = values[2] as number;
  }
  return results;
}

/** A for-each over many items with a small body. */
export async function measureForEach({ id, limit }: OwnCase): Promise<Figure> {
  const { document, issues } = load(forEachFlow(), { library });
  if (issues.length > 0) throw new Error(`The flow has issues: ${JSON.stringify(issues.slice(0, 3))}`);
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  const run = async () => {
    const result = await engine.run(document).result;
    if (result.status !== 'succeeded') throw new Error(`The run ${result.status}: ${result.errors[0]?.error.message}`);
    return result;
  };
  try {
    const { outputs } = await run();
    const { length, last } = outputs.end ?? {};
    const given = [length && (await engine.read(length.ref)), last && (await engine.read(last.ref))];
    const expected = [ITEMS.length, bareForEach().at(-1)];
    if (given.join() !== expected.join())
      throw new Error(`wrong values: ${given.join()} instead of ${expected.join()}`);
    const { medians, repetitions } = await measureInterleaved(
      await timed({ ours: async () => void (await run()), theirs: () => void bareForEach() }),
      { repetitions: REPETITIONS, budgetMs: 10_000 },
    );
    const { ours, theirs } = medians;
    return timesAsLong({ id, ours, theirs, name: 'the bare loop over the items', atMost: limit, repetitions });
  } finally {
    await engine.dispose();
  }
}
