import { idOf, type Raw } from '../raw.js';
import { quoted, type Report } from '../report.js';
import { portAt, type Sketch, type SketchNode, type Wire } from '../sketch.js';

/** How a node of the old Loom runs. */
export type Mode = 'sequential' | 'conditional' | 'loop' | 'parallel' | 'event';

/** A node of the file. */
export interface OldNode {
  readonly id: string;
  /** Where it stands in the file. */
  readonly place: string | number;
  readonly raw: Raw;
  readonly metadata: Raw;
  readonly mode: Mode;
  /** The names of ports that the file lists, by position. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** An old flow while it becomes a new one. */
export interface OldFlow {
  readonly nodes: ReadonlyMap<string, OldNode>;
  readonly sketch: Sketch;
  readonly report: Report;
  /** For parallel nodes that were taken apart, the heads of their branches. */
  readonly standIns: Map<string, readonly string[]>;
}

/** A node of the sketch that is known to be there. */
export function sketched(flow: OldFlow, id: string): SketchNode {
  const node = flow.sketch.nodes.get(id);
  if (!node) throw new Error(`No node ${id}`);
  return node;
}

/** Where a node's first result leaves it. */
export function firstOutput(flow: OldFlow, id: string): string {
  return portAt(sketched(flow, id).ports.outputs, 0, 'out');
}

/** Where a wire that is left out stands in the file; for a wire that was added, the node that it led to. */
export function pathOfWire({ place, target }: Wire): (string | number)[] {
  return place === undefined ? ['nodes', target] : ['connections', place];
}

/** What a node is called in messages. */
export function nameOf(flow: OldFlow, id: string): string {
  const label = flow.sketch.nodes.get(id)?.label;
  return label === undefined || label === id ? quoted(id) : `${quoted(label)} (${quoted(id)})`;
}

/** The nodes that an entry of the metadata names; one that does not exist is reported. */
export function namedNodes(flow: OldFlow, node: OldNode, key: string, value: unknown): string[] {
  const names: unknown[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  flow.report.countPorts(names.length);
  const found = new Set<string>();
  for (const name of names) {
    const id = idOf(name);
    if (id !== undefined && flow.nodes.has(id)) {
      for (const present of presentNodes(flow, id)) found.add(present);
    } else {
      const message = `The ${key} of ${nameOf(flow, node.id)} names ${quoted(name)}, and there is no such node. It was left out.`;
      flow.report.error('import/unknown-node', ['nodes', node.id], message);
    }
  }
  return [...found];
}

/** A node, or what does its work when it is gone; a parallel node that stayed, with the heads of its branches. */
function presentNodes({ sketch, standIns, report }: OldFlow, id: string): string[] {
  const found = new Set([id]);
  for (const name of found) {
    const others = standIns.get(name) ?? [];
    report.spend(others.length);
    for (const other of others) found.add(other);
  }
  return [...found].filter((name) => sketch.nodes.has(name));
}
