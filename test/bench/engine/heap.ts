import type { FlowDocument } from '@loom/graph';
import { median } from '../measure.js';
import { atMost, type Figure } from '../row.js';
import type { Contest } from './cases.js';
import type { Contender, Subject } from './subject.js';

const SAMPLES = 7;

/** The first ones bring code and tables with them that stay whatever comes. */
const WARM_UPS = 2;

/** A first run and the next ones: some things are kept from one to the other. */
const RUNS = 3;

/** Bytes for each node that stay in use when a flow has been built and run, beyond the flow as parsed. */
export async function measureHeap(
  { id, limit, work }: Contest,
  contender: Contender,
  parse: () => FlowDocument,
): Promise<Figure> {
  const built: number[] = [];
  const afterRuns: number[] = [];
  // All stay until the end, so that nothing goes away between two looks.
  const kept: [FlowDocument, Subject][] = [];
  for (let sample = -WARM_UPS; sample < SAMPLES; sample++) {
    const flow = parse();
    const nodes = Object.keys(flow.nodes).length;
    const before = await bytesInUse();
    const subject = await contender.build(flow, work);
    const between = await bytesInUse();
    for (let round = 0; round < RUNS; round++) await subject.run(round);
    const after = await bytesInUse();
    kept.push([flow, subject]);
    if (sample < 0) continue;
    built.push((between - before) / nodes);
    afterRuns.push((after - before) / nodes);
  }
  for (const [, subject] of kept) await subject.dispose?.();
  const parts = { builtBytes: Math.round(median(built)) };
  const against = 'a node, beyond the parsed flow';
  return atMost({ id, value: Math.round(median(afterRuns)), unit: 'B', limit, against, repetitions: SAMPLES, parts });
}

async function bytesInUse(): Promise<number> {
  // What was put off, and what is only let go by a callback, has its turn.
  await new Promise((resolve) => setTimeout(resolve, 0));
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Collects garbage now, all of it. */
export function collectGarbage(): void {
  const { gc } = globalThis;
  if (!gc) throw new Error('This can only be measured in a process with --expose-gc.');
  gc();
}
