import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { applyOperations, type FlowDocument, load } from '@loom/graph';
import { type BenchFlow, chainFlow, layeredFlow, looseFlow } from './engine/flows.js';
import { BareLoop, lastValue, library, subjectOf } from './engine/subject.js';
import { interleavedMedians } from './measure.js';
import { atMost, type Row, timesAsLong } from './row.js';

const REPETITIONS = 15;

/** Few of the short ones would measure the clock. */
async function repeated(times: number, once: () => unknown): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < times; i++) await once();
  return (performance.now() - start) / times;
}

function loopTime(loop: () => void, times: number): () => Promise<number> {
  return async () => {
    const start = performance.now();
    for (let i = 0; i < times; i++) loop();
    return (performance.now() - start) / times;
  };
}

interface WarmOptions {
  readonly id: string;
  readonly flow: BenchFlow;
  readonly limit: number;
  /** Runs in one repetition. */
  readonly times: number;
  readonly listened?: boolean;
}

/** The same against a loop that calls the same functions with inputs by name: what the engine itself costs. */
const CALLS_LIMIT = 8;

/** A full run of a document that has run before, against a bare loop over the sorted nodes. */
async function warm({ id, flow, limit, times, listened = false }: WarmOptions): Promise<readonly Row[]> {
  let heard = 0;
  const subject = subjectOf(
    flow,
    listened
      ? (events) => {
          heard += events.length;
        }
      : undefined,
  );
  const bare = new BareLoop(flow);
  const { ours, theirs, calls } = await interleavedMedians(
    {
      ours: () => repeated(times, () => subject.run()),
      theirs: loopTime(() => bare.run(), 5 * times),
      calls: loopTime(() => bare.runCalls(), 5 * times),
    },
    { repetitions: REPETITIONS, warmUps: 5 },
  );
  if ((await lastValue(subject)) !== bare.last) throw new Error('The engine and the loop do not agree.');
  if (listened && heard === 0) throw new Error('Nothing was heard.');
  await subject.engine.dispose();
  const row = timesAsLong({ id, ours, theirs, name: 'a bare loop', atMost: limit });
  if (listened) return [row];
  const name = 'a loop of the same calls';
  return [row, timesAsLong({ id: `${id}-calls`, ours, theirs: calls, name, atMost: CALLS_LIMIT })];
}

async function asynchronous(): Promise<Row> {
  const flow = layeredFlow(10_000, 'bench/mix-later');
  const subject = subjectOf(flow);
  const bare = new BareLoop(flow);
  const { ours, theirs } = await interleavedMedians(
    { ours: () => subject.run(), theirs: () => repeated(1, () => bare.runLater()) },
    { repetitions: REPETITIONS, warmUps: 3 },
  );
  await subject.engine.dispose();
  return timesAsLong({ id: 'engine/async-10k', ours, theirs, name: 'a loop that awaits each', atMost: 5 });
}

async function sleeping(): Promise<Row> {
  const subject = subjectOf(looseFlow(100, 'bench/sleep'));
  const { ours } = await interleavedMedians({ ours: () => subject.run() });
  await subject.engine.dispose();
  return atMost({ id: 'engine/sleep-100', value: ours, unit: 'ms', limit: 11.5, against: '100 nodes of 10 ms' });
}

/** What an engine adds to a parsed document: plan, wiring, start values; against building the records of the loop. */
async function building(): Promise<Row> {
  const flow = layeredFlow(10_000);
  const { document } = load(flow.file, { library });
  const { engine } = subjectOf(looseFlow(1, 'bench/mix'));
  const { ours, theirs } = await interleavedMedians(
    {
      // A copy, because what is made of a document is kept by its identity.
      ours: () => {
        const copy: FlowDocument = { ...document };
        return repeated(1, () => engine.plan(copy));
      },
      theirs: () => repeated(1, () => buildBare(document)),
    },
    { repetitions: REPETITIONS },
  );
  await engine.dispose();
  return timesAsLong({ id: 'engine/build-10k', ours, theirs, name: 'records in order, by name', atMost: 3 });
}

interface BareRecord {
  readonly inputs: BareRecord[];
  waiting: number;
  readonly targets: BareRecord[];
}

/** Records with references, sorted. */
function buildBare({ nodes, edges }: FlowDocument): readonly BareRecord[] {
  const records = new Map<string, BareRecord>();
  for (const id of Object.keys(nodes)) records.set(id, { inputs: [], waiting: 0, targets: [] });
  for (const { source, target } of Object.values(edges)) {
    const from = records.get(source);
    const to = records.get(target);
    if (!from || !to) continue;
    to.inputs.push(from);
    to.waiting++;
    from.targets.push(to);
  }
  const order = [...records.values()].filter(({ waiting }) => waiting === 0);
  for (let i = 0; i < order.length; i++) {
    for (const target of order[i]?.targets ?? []) if (--target.waiting === 0) order.push(target);
  }
  return order;
}

async function loading(): Promise<Row> {
  const text = JSON.stringify(layeredFlow(10_000).file);
  const { ours } = await interleavedMedians({ ours: () => repeated(1, () => load(text, { library })) });
  return atMost({ id: 'engine/load-10k', value: ours, unit: 'ms', limit: 100, against: 'parse, check and load' });
}

async function editing(): Promise<Row> {
  const { document } = load(layeredFlow(10_000).file, { library });
  let x = 0;
  const move = (): void => {
    const result = applyOperations(document, [{ kind: 'move-nodes', positions: { n5000: { x: x++, y: 1 } } }], {
      library,
    });
    if (!result.ok) throw result.error;
  };
  const { ours } = await interleavedMedians({ ours: () => repeated(5, move) });
  return atMost({ id: 'engine/edit-10k', value: ours, unit: 'ms', limit: 12, against: 'one move, with inverse' });
}

/** Bytes that stay in use after a run, beyond the document. */
async function heap(): Promise<Row> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const count = 10_000;
  const inUse = (): number => {
    collect();
    collect();
    return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  };
  // The code is warm, and nothing goes away between the two looks.
  const subjects = Array.from({ length: REPETITIONS + 3 }, () => subjectOf(layeredFlow(count)));
  const values: number[] = [];
  for (const subject of subjects) {
    const before = inUse();
    await subject.run();
    await new Promise((resolve) => setTimeout(resolve, 0));
    values.push((inUse() - before) / count);
  }
  for (const { engine } of subjects) await engine.dispose();
  const value = values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  return atMost({ id: 'engine/heap-10k', value, unit: 'B', limit: 600, against: 'a node, beyond the document' });
}

/** What the engine costs, with states, events and staleness on, as users get it. */
export default async function engine(): Promise<Row[]> {
  const layered = layeredFlow(10_000);
  const large = layeredFlow(100_000);
  return [
    ...(await warm({ id: 'engine/warm-1k', flow: layeredFlow(1_000), limit: 12, times: 20 })),
    ...(await warm({ id: 'engine/warm-10k', flow: layered, limit: 12, times: 3 })),
    ...(await warm({ id: 'engine/warm-10k-listened', flow: layered, limit: 150, times: 1, listened: true })),
    ...(await warm({ id: 'engine/warm-100k', flow: large, limit: 25, times: 1 })),
    ...(await warm({ id: 'engine/chain-100k', flow: chainFlow(100_000), limit: 25, times: 1 })),
    await asynchronous(),
    await sleeping(),
    await building(),
    await loading(),
    await heap(),
    await editing(),
  ];
}
