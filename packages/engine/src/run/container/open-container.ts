import type { BodyRun, BodyRunOptions } from './body-run.js';
import { ForEachRun } from './for-each-run.js';
import { LoopRun } from './loop-run.js';
import { SubgraphRun } from './subgraph-run.js';

/** Makes what runs the body of a node, by its kind. */
export function containerRun(options: BodyRunOptions): BodyRun {
  const { container } = options;
  if (container.kind !== 'zone') return new SubgraphRun(options);
  const { zone } = container;
  return zone.kind === 'for-each' ? new ForEachRun(options, zone) : new LoopRun(options, zone);
}
