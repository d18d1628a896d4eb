import type { PortDeclaration } from '../../document.js';
import { carriedPorts } from '../../zone-type.js';
import { Names } from '../raw.js';
import { type End, lateRank, type Sketch } from '../sketch.js';
import type { Loop } from './find-loops.js';

/** Ports that every zone has; see {@link zoneType}. */
const ownPorts = new Set(['items', 'item', 'index', 'start', 'times', 'continue', 'iterations', 'errors']);

/** Names of ports come from the file and may be as long as it. */
const maxName = 80;

/** A loop that became a zone. */
export interface Zone {
  readonly id: string;
  readonly loop: Loop;
  readonly parent: Zone | undefined;
  /** How many zones it lies in. */
  readonly depth: number;
  readonly size: number;
  readonly carried: Record<string, PortDeclaration>;
  readonly names: Names;
}

/** The innermost zone of each node that is in one. */
export type ZoneOf = ReadonlyMap<string, Zone>;

/** Adds the node of a zone to the flow. */
export function addZone(sketch: Sketch, loop: Loop, size: number, parent: Zone | undefined): Zone {
  const { decider, limit } = loop;
  const carried: Record<string, PortDeclaration> = {};
  const id = sketch.add(`${decider}-loop`, {
    type: 'loom/while',
    position: { x: 0, y: 0 },
    parent: parent?.id,
    inputs: new Map(),
    settings: { zone: { kind: 'while', ...(limit !== undefined && { limit }), carried } },
    ports: { inputs: { names: [], open: false }, outputs: { names: [], open: false } },
  });
  return { id, loop, parent, depth: parent ? parent.depth + 1 : 0, size, carried, names: new Names('_') };
}

/** Adds a value that goes from one iteration to the next and comes out at the end. */
export function addCarried(zone: Zone, port: string): string {
  // Ports of zones are made of these names and a dot.
  const word =
    port
      .slice(0, maxName)
      .replace(/[^\p{ID_Continue}]+/gu, '_')
      .replace(/^_+|_+$/g, '') || 'value';
  let id = zone.names.take(word);
  while (ownPorts.has(id)) id = zone.names.take(word);
  zone.carried[id] = id === port ? {} : { title: port };
  return id;
}

/** The innermost zone that both lie in or are. */
export function commonZone(a: Zone | undefined, b: Zone | undefined): Zone | undefined {
  let first = a;
  let second = b;
  while (first !== second) {
    if ((first?.depth ?? -1) >= (second?.depth ?? -1)) first = first?.parent;
    else second = second?.parent;
  }
  return first;
}

/** Leads values out of zones: each zone on the way carries them and gives them when it ends. */
export class ZoneExits {
  readonly #sketch: Sketch;
  readonly #ports = new Map<string, string>();

  constructor(sketch: Sketch) {
    this.#sketch = sketch;
  }

  /** Says that a zone carries this value already. */
  know(zone: Zone, end: End, port: string): void {
    this.#ports.set(exitKey(zone, end), port);
  }

  /** The end as it is seen in the zone `to`, from one in the zone `inside`. */
  leave(from: End, inside: Zone | undefined, to: Zone | undefined): End {
    let end = from;
    for (let zone = inside; zone !== undefined && zone !== to; zone = zone.parent) {
      const key = exitKey(zone, end);
      const port = this.#ports.get(key) ?? addCarried(zone, end.port);
      if (!this.#ports.has(key)) {
        const target = { target: zone.id, targetPort: carriedPorts(port).next, rank: lateRank };
        this.#sketch.connect({ source: end.node, sourcePort: end.port, ...target });
        this.#ports.set(key, port);
      }
      end = { node: zone.id, port };
    }
    return end;
  }
}

function exitKey(zone: Zone, end: End): string {
  return JSON.stringify([zone.id, end.node, end.port]);
}
