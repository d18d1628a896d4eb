import type { CompiledFlow } from '../../flow/compiled-flow.js';
import type { ValueLayout } from '../../plan/value-layout.js';
import { firstPosition } from './walkable.js';

/** What runs of a plan hand on, because making it anew would cost more than using it. */
interface Spare {
  readonly waiting: Int32Array;
  readonly queue: Int32Array;
}

/** What feeds what among the nodes of a plan, by position. */
export interface WalkLinks {
  /** How many wires lead to a node from others of the plan. */
  readonly waits: Int32Array;
  /** The nodes that wait for a node are `targets[targetStart[i]]` up to `targets[targetStart[i + 1]]`, once for each wire. */
  readonly targetStart: Int32Array;
  readonly targets: Int32Array;
  spare: Spare | undefined;
}

const known = new WeakMap<ValueLayout, WalkLinks>();

export function linksOf(flow: CompiledFlow, layout: ValueLayout): WalkLinks {
  let links = known.get(layout);
  if (!links) {
    links = readLinks(flow, layout);
    known.set(layout, links);
  }
  return links;
}

function readLinks(flow: CompiledFlow, layout: ValueLayout): WalkLinks {
  const { nodes } = layout;
  const waits = new Int32Array(nodes.length);
  const targetStart = new Int32Array(nodes.length + 1);
  eachLink(flow, layout, (source, target) => {
    waits[target] = (waits[target] as number) + 1; // typed arrays of fixed length, here and below
    targetStart[source + 1] = (targetStart[source + 1] as number) + 1;
  });
  for (let i = 0; i < nodes.length; i++) {
    targetStart[i + 1] = (targetStart[i + 1] as number) + (targetStart[i] as number);
  }
  const next = targetStart.slice();
  const targets = new Int32Array(targetStart[nodes.length] as number);
  eachLink(flow, layout, (source, target) => {
    const place = next[source] as number;
    targets[place] = target;
    next[source] = place + 1;
  });
  return { waits, targetStart, targets, spare: undefined };
}

function eachLink(flow: CompiledFlow, layout: ValueLayout, visit: (source: number, target: number) => void): void {
  const { inStart, inEdges, edgeSource } = flow;
  const first = firstPosition(flow);
  for (let target = first; target < layout.nodes.length; target++) {
    const node = layout.nodes[target] as number;
    const end = inStart[node + 1] as number;
    for (let k = inStart[node] as number; k < end; k++) {
      const source = layout.positionOf(edgeSource[inEdges[k] as number] as number);
      if (source >= first) visit(source, target);
    }
  }
}
