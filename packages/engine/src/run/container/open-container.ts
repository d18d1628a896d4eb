import type { StreamHost } from '../stream/stream-outputs.js';
import type { BodyRun, BodyRunOptions } from './body-run.js';
import { ForEachRun } from './for-each-run.js';
import { ItemsRun } from './items-run.js';
import { LoopRun } from './loop-run.js';
import { SubgraphRun } from './subgraph-run.js';

/** Makes what runs the body of a node, by its kind. */
export function containerRun(options: BodyRunOptions, streams: StreamHost): BodyRun {
  const { container } = options;
  if (container.kind === 'items') return new ItemsRun(options, streams);
  if (container.kind === 'subgraph') return new SubgraphRun(options);
  const { zone } = container;
  return zone.kind === 'for-each' ? new ForEachRun(options, zone) : new LoopRun(options, zone);
}
