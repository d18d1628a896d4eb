import type { FlowNode, ZoneSettings } from './document.js';
import type { NodeId } from './id.js';

export type Nodes = Readonly<Record<NodeId, FlowNode>>;

/** The settings of a zone that runs its body again and again. A group is drawn only. */
export type RepeatingZone = Exclude<ZoneSettings, { readonly kind: 'group' }>;

/** Zones within zones, at most. Deeper ones cannot run, and who looks from a node to the zones around it ends here. */
export const MAX_ZONE_DEPTH = 200;

/** How a node repeats what lies in it; undefined for nodes that do not. */
export function repeatingZone(node: FlowNode | undefined): RepeatingZone | undefined {
  const zone = node?.settings?.zone;
  return zone && zone.kind !== 'group' ? zone : undefined;
}

/** Nodes that run together: those of one zone, or those in no zone. */
export interface Body {
  /** Undefined for the nodes in no zone. */
  readonly zone: NodeId | undefined;
  /** How many zones are around it. */
  readonly depth: number;
}

const root: Body = { zone: undefined, depth: 0 };

/** Ends a chain of parents that meets itself, which only a document that was not loaded can have. */
const visited: Body = { ...root };

/** Says in which body each node is. Groups, and other parents that do not repeat, are looked through. */
export class Bodies {
  readonly #nodes: Nodes;
  readonly #counts: (id: NodeId) => boolean;
  readonly #known = new Map<NodeId, Body>();

  /** @param counts - Whether a zone is to be seen. @default all are */
  constructor(nodes: Nodes, counts: (id: NodeId) => boolean = () => true) {
    this.#nodes = nodes;
    this.#counts = counts;
  }

  /** How the node repeats its body; undefined for nodes that are no zones, or not to be seen. */
  zone(id: NodeId): RepeatingZone | undefined {
    const zone = repeatingZone(this.#nodes[id]);
    return zone && this.#counts(id) ? zone : undefined;
  }

  /** The body that a node is directly in. */
  of(id: NodeId): Body {
    if (this.#nodes[id]?.parent === undefined) return root;
    const chain: NodeId[] = [];
    let above: NodeId | undefined = id;
    let body = root;
    while (above !== undefined) {
      const known = this.#known.get(above);
      if (known) {
        if (known === visited) above = undefined;
        else body = known;
        break;
      }
      this.#known.set(above, visited);
      chain.push(above);
      above = this.#nodes[above]?.parent;
    }
    for (let link = chain.pop(); link !== undefined; link = chain.pop()) {
      if (above !== undefined && this.zone(above)) body = { zone: above, depth: body.depth + 1 };
      this.#known.set(link, body);
      above = link;
    }
    return body;
  }

  /** The body of a zone. */
  inside(zone: NodeId): Body {
    return { zone, depth: this.of(zone).depth + 1 };
  }

  /** Whether a node lies in a zone, directly or in zones within it. */
  contains(zone: NodeId, id: NodeId): boolean {
    let body = this.of(id);
    for (let steps = 0; body.zone !== undefined && steps < MAX_ZONE_DEPTH; steps++) {
      if (body.zone === zone) return true;
      body = this.of(body.zone);
    }
    return false;
  }
}

const cache = new WeakMap<Nodes, Bodies | 'none'>();

/**
 * The bodies of these nodes, or undefined when there is no zone that repeats. Cached by the identity of the table.
 *
 * @param values - What is in the table, where that is known as a list.
 */
export function bodiesOf(nodes: Nodes, values?: readonly FlowNode[]): Bodies | undefined {
  let bodies = cache.get(nodes);
  if (!bodies) {
    const hasZones = values?.some(repeatingZone) ?? Object.keys(nodes).some((id) => repeatingZone(nodes[id]));
    bodies = hasZones ? new Bodies(nodes) : 'none';
    cache.set(nodes, bodies);
  }
  return bodies === 'none' ? undefined : bodies;
}

/**
 * The zone whose body a node is in, directly or through groups; undefined for a node in none.
 *
 * @example
 * ```ts
 * if (zoneOf(document, 'resize') !== undefined) console.log('It runs once for each item.');
 * ```
 */
export function zoneOf(document: { readonly nodes: Nodes }, id: NodeId): NodeId | undefined {
  return bodiesOf(document.nodes)?.of(id).zone;
}
