import type { Position, Size } from '../document.js';
import { Names } from './raw.js';

/** The ports of one side of a node by position, as far as the file names them. */
export interface PortList {
  readonly names: readonly string[];
  /** Whether there may be more: the file says nothing about the ports of this node. */
  readonly open: boolean;
}

/** A node on its way into a document. Literals are checked when the document is loaded. */
export interface SketchNode {
  type: string;
  label?: string | undefined;
  position: Position;
  size?: Size | undefined;
  parent?: string | undefined;
  readonly inputs: Map<string, unknown>;
  settings?: Record<string, unknown> | undefined;
  view?: Record<string, unknown> | undefined;
  ports: { readonly inputs: PortList; readonly outputs: PortList };
}

/** A wire on its way into a document. */
export interface Wire {
  readonly source: string;
  readonly sourcePort: string;
  readonly target: string;
  readonly targetPort: string;
  /** Its place in the file: wires of one input are in this order. */
  readonly rank: number;
  /** The id that the file gives it. */
  readonly id?: string | undefined;
  /** Where it stands in the file; absent for wires that were added. */
  readonly place?: string | number | undefined;
}

/** The rank of wires that the file does not have: after all others. */
export const lateRank = Number.MAX_SAFE_INTEGER;

/** One end of a wire. */
export interface End {
  readonly node: string;
  readonly port: string;
}

const none: ReadonlySet<Wire> = new Set();

/** A flow while it is put together: wires are found from both of their ends and may be laid anew. */
export class Sketch {
  readonly nodes = new Map<string, SketchNode>();
  readonly #names = new Names();
  readonly #incoming = new Map<string, Set<Wire>>();
  readonly #outgoing = new Map<string, Set<Wire>>();

  /** Adds a node under the wanted id, or one like it when that is taken. */
  add(wanted: string, node: SketchNode): string {
    const id = this.#names.take(wanted);
    this.nodes.set(id, node);
    return id;
  }

  /** Removes a node with its wires. */
  remove(id: string): void {
    for (const wire of [...this.incoming(id), ...this.outgoing(id)]) this.disconnect(wire);
    this.nodes.delete(id);
  }

  incoming(id: string): ReadonlySet<Wire> {
    return this.#incoming.get(id) ?? none;
  }

  outgoing(id: string): ReadonlySet<Wire> {
    return this.#outgoing.get(id) ?? none;
  }

  incomingTo(id: string, port: string): Wire[] {
    return [...this.incoming(id)].filter((wire) => wire.targetPort === port);
  }

  connect(wire: Wire): Wire {
    push(this.#incoming, wire.target, wire);
    push(this.#outgoing, wire.source, wire);
    return wire;
  }

  disconnect(wire: Wire): void {
    this.#incoming.get(wire.target)?.delete(wire);
    this.#outgoing.get(wire.source)?.delete(wire);
  }

  /** Lays a wire from or to another place. */
  reroute(wire: Wire, changes: Partial<Pick<Wire, 'source' | 'sourcePort' | 'target' | 'targetPort'>>): Wire {
    this.disconnect(wire);
    return this.connect({ ...wire, ...changes });
  }

  /** Every wire, in the order of the file. */
  wires(): Wire[] {
    return [...this.#outgoing.values()].flatMap((wires) => [...wires]).sort((a, b) => a.rank - b.rank);
  }
}

function push(table: Map<string, Set<Wire>>, key: string, wire: Wire): void {
  const found = table.get(key);
  if (found) found.add(wire);
  else table.set(key, new Set([wire]));
}

/** The port at a position: as it is named, else `in0`, `out0` and so on. */
export function portAt({ names }: PortList, index: number, side: 'in' | 'out'): string {
  return names[index] ?? `${side}${index}`;
}

/** The first input that neither a wire nor a literal fills; undefined when all that are known to exist are filled. */
export function freeInput(sketch: Sketch, id: string): string | undefined {
  const node = sketch.nodes.get(id);
  if (!node) return undefined;
  const filled = new Set([...node.inputs.keys(), ...[...sketch.incoming(id)].map((wire) => wire.targetPort)]);
  const free = node.ports.inputs.names.find((name) => !filled.has(name));
  if (free !== undefined || !node.ports.inputs.open) return free;
  let index = node.ports.inputs.names.length;
  while (filled.has(`in${index}`)) index++;
  return `in${index}`;
}

/** The wires into a node, input after input as they stand in its type. */
export function orderedInputs(sketch: Sketch, id: string): Wire[] {
  const names = sketch.nodes.get(id)?.ports.inputs.names ?? [];
  const places = new Map(names.map((name, index) => [name, index]));
  const place = (wire: Wire): number => places.get(wire.targetPort) ?? names.length;
  return [...sketch.incoming(id)].sort((a, b) => place(a) - place(b) || a.rank - b.rank);
}
