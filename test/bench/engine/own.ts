import { applyOperations, type FlowDocument, load } from '@loom/graph';
import { interleavedMedians, measureInterleaved, timed } from '../measure.js';
import { atMost, type Figure, timesAsLong } from '../row.js';
import { bareLoopOf } from './bare-loop.js';
import type { OwnCase } from './cases.js';
import { measureForEach } from './for-each.js';
import { LoomSubject, library } from './loom.js';
import { flowOf, layered } from './shapes.js';

const REPETITIONS = 25;

/** Measures what only we have. */
export function measureOwn(some: OwnCase): Promise<Figure> {
  switch (some.measure) {
    case 'listened':
      return measureListened(some);
    case 'load':
      return measureLoad(some);
    case 'for-each':
      return measureForEach(some);
    case 'edit':
      return measureEdit(some);
  }
}

/** A warm run while one listener hears everything. */
async function measureListened({ id, limit }: OwnCase): Promise<Figure> {
  const flow = flowOf(layered(10_000), 'bench/mix');
  const subject = new LoomSubject(flow);
  const bare = bareLoopOf(flow);
  let heard = 0;
  subject.engine.subscribe((events) => {
    heard += events.length;
  });
  const { medians, repetitions } = await measureInterleaved(
    await timed({ ours: () => subject.run(), theirs: () => bare.run() }),
    { repetitions: REPETITIONS },
  );
  heard = 0;
  await subject.run();
  await subject.dispose();
  // Queued, started and succeeded for each node, and the two of the run.
  if (heard < 30_002) throw new Error(`Of a run only ${heard} events were heard.`);
  const { ours, theirs } = medians;
  return timesAsLong({ id, ours, theirs, name: 'the bare loop', atMost: limit, repetitions });
}

/** From the text of a file to a document that was checked against its node types. */
async function measureLoad({ id, limit }: OwnCase): Promise<Figure> {
  const text = JSON.stringify(flowOf(layered(10_000), 'bench/mix'));
  const { issues } = load(text, { library });
  if (issues.length > 0) throw new Error(`The flow has issues: ${JSON.stringify(issues.slice(0, 3))}`);
  const { ours, parse } = await interleavedMedians(
    await timed({ ours: () => void load(text, { library }), parse: () => void JSON.parse(text) }),
    { repetitions: REPETITIONS },
  );
  return atMost({ id, value: ours, unit: 'ms', limit, against: 'parse, check and load', ms: ours, parts: { parse } });
}

/** Moves one node after the other, each time in what the move before gave. */
async function measureEdit({ id, limit }: OwnCase): Promise<Figure> {
  const { document: first } = load(JSON.stringify(flowOf(layered(10_000), 'bench/mix')), { library });
  const ids = Object.keys(first.nodes);
  let document: FlowDocument = first;
  let moves = 0;
  const move = (): void => {
    const node = ids[(moves++ * 7) % ids.length] as string; // within its bounds
    const operation = { kind: 'move-nodes', positions: { [node]: { x: moves, y: -moves } } } as const;
    const result = applyOperations(document, [operation], { library });
    if (!result.ok) throw result.error;
    if (result.change.inverse.length === 0) throw new Error('The move cannot be undone.');
    document = result.document;
  };
  const { ours } = await interleavedMedians(await timed({ ours: move }), { repetitions: REPETITIONS });
  return atMost({ id, value: ours, unit: 'ms', limit, against: 'one move, with inverse', ms: ours });
}
