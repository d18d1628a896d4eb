import type { Report } from '../report.js';
import type { Sketch, Wire } from '../sketch.js';

/** What a search leaves aside. */
export interface ReachOptions {
  /** Nodes that are reached, and not gone on from. */
  readonly last?: ReadonlySet<string>;
  /** Wires that count as absent. */
  readonly hidden?: ReadonlySet<Wire>;
}

/** The nodes that wires lead to from these, or back from these, with these; undefined when it takes too many steps. */
export function reach(
  sketch: Sketch,
  starts: Iterable<string>,
  direction: 'onward' | 'back',
  report: Report,
  { last, hidden }: ReachOptions = {},
): Set<string> | undefined {
  const found = new Set(starts);
  for (const id of found) {
    if (last?.has(id)) continue;
    const wires = direction === 'onward' ? sketch.outgoing(id) : sketch.incoming(id);
    if (!report.maySpend(wires.size + 1)) return undefined;
    for (const wire of wires) if (!hidden?.has(wire)) found.add(direction === 'onward' ? wire.target : wire.source);
  }
  return found;
}
