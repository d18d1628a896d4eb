import type { FlowNode, NodeId, PortId } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import { bypassRoutes } from './bypass.js';
import { type Cone, coneOf } from './cone.js';
import { constantOf, feedingEdge, routesOf } from './feeds.js';
import { type Given, givenNodes, innerText, isGivenSame, NOTHING_GIVEN } from './given.js';
import { KeyHash, keyText } from './key-hash.js';
import { DenseLanes, type LaneTable, SparseLanes } from './key-lanes.js';
import { addOwnPart, bodyKey, contentOf, isPython, pinnedText } from './own-key.js';
import { isPureAlone, Trait, traitsOf } from './traits.js';

const ofFlow = new WeakMap<CompiledFlow, KeyTable>();

const outside = new WeakMap<Int32Array, { readonly cone: Cone; readonly nodes: Int32Array }>();

/** Two for all tables: one computes a node at a time. */
const own = new KeyHash();
const wire = new KeyHash();

/**
 * The content keys of a flow's nodes: a node's key is the hash of its code, its literals, its environment and the keys
 * of what feeds it. Two nodes with one key compute the same; a node that is not pure has its id in its key, because what it
 * gave is not what another would give. Computed when asked for, once.
 */
export class KeyTable {
  readonly flow: CompiledFlow;
  readonly given: Given;
  /** The nodes whose keys differ from those of the flow as it stands; undefined when nothing is given. */
  readonly cone: Cone | undefined;
  readonly #traits: Uint8Array;
  /** Of the flow as it stands. */
  readonly #base: KeyTable;
  #lanes: LaneTable | undefined;
  #environment: string | undefined;
  /** The table of the same flow that this was compared with last, and where the two differ. */
  #compared: KeyTable | undefined;
  #difference: Cone | undefined;

  /** For keys without anything given {@link keysOf} has one table for each flow. */
  constructor(flow: CompiledFlow, given: Given, base?: KeyTable) {
    this.flow = flow;
    this.given = given;
    this.#traits = traitsOf(flow);
    this.#base = base ?? this;
    if (base) this.cone = coneOf(flow, givenNodes(given));
  }

  /** The key of a node, by index, as text; empty for a node that waits for itself. */
  keyOf(node: number): string {
    if (this.#waitsForItself(node)) return '';
    const lanes = this.#computed(node);
    return keyText(lanes.highOf(node), lanes.lowOf(node));
  }

  /** The key of what a container gives its body: as its own key, without the body itself. */
  entryKeyOf(node: number): string {
    const { flow, given } = this;
    this.#computed(node);
    own.start();
    own.lanes(contentOf(flow.nodes[node] as FlowNode, given.overrides.get(node))); // every index has a node
    this.#addFeeds(node);
    own.finish();
    return keyText(own.high, own.low);
  }

  /** Whether a node has the key that a node has in another table. */
  isSame(node: number, other: KeyTable, otherNode: number): boolean {
    if (this === other) return node === otherNode;
    if (this.flow === other.flow && node === otherNode) {
      const difference = other.differenceFrom(this);
      return difference === undefined || !difference.has(node);
    }
    if (this.#waitsForItself(node) || other.#waitsForItself(otherNode)) return false;
    const lanes = this.#computed(node);
    const others = other.#computed(otherNode);
    return lanes.highOf(node) === others.highOf(otherNode) && lanes.lowOf(node) === others.lowOf(otherNode);
  }

  /** Those of these nodes whose keys are those of the flow as it stands. Plans that do the same have one list of nodes. */
  outsideCone(nodes: Int32Array): Int32Array {
    const { cone } = this;
    if (!cone) return nodes;
    const known = outside.get(nodes);
    if (known?.cone === cone) return known.nodes;
    const own = nodes.filter((node) => !cone.has(node));
    outside.set(nodes, { cone, nodes: own });
    return own;
  }

  /**
   * Where the keys differ from those of another table of the same flow, without computing any: behind what the two are given,
   * where that differs. Undefined when they differ nowhere.
   */
  differenceFrom(other: KeyTable): Cone | undefined {
    if (!other.cone) return this.cone;
    if (!this.cone) return other.cone;
    const { only } = this.given;
    const others = other.given.only;
    // The most frequent case: the same input with another value. What is compared at a glance is not remembered, because
    // each table would hold on to the next.
    if (only && only.node === others?.node && only.port === others.port && typeof only.value !== 'object') {
      return only.value === others.value ? undefined : this.cone;
    }
    if (this.#compared !== other) {
      this.#compared = other;
      const nodes = new Set([...givenNodes(this.given), ...givenNodes(other.given)]);
      const different = [...nodes].filter((node) => !isGivenSame(this.given, other.given, node));
      this.#difference = different.length === 0 ? undefined : coneOf(this.flow, different.sort(inOrder));
    }
    return this.#difference;
  }

  /** The table that has the key of a node, computed. */
  #computed(node: number): LaneTable {
    if (this.cone && !this.cone.has(node)) return this.#base.#computed(node);
    this.#lanes ??= this.cone ? new SparseLanes() : new DenseLanes(this.flow.ids.length);
    const lanes = this.#lanes;
    if (lanes.has(node)) return lanes;
    // Those that feed it come first; a stack of our own, because chains may be longer than the engine's.
    const stack = [node];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const size = stack.length;
      if (!lanes.has(top)) this.#pushMissing(top, lanes, stack);
      if (stack.length > size) continue;
      if (!lanes.has(top)) {
        this.#compute(top);
        lanes.set(top, own.high, own.low);
      }
      stack.pop();
    }
    return lanes;
  }

  #pushMissing(node: number, lanes: LaneTable, stack: number[]): void {
    const { flow, given } = this;
    if (this.isConstant(node) || this.#waitsForItself(node)) return;
    const push = (edge: number): void => {
      const at = feedingEdge(flow, this.#traits, given, edge);
      if (at < 0) return;
      const source = flow.edgeSource[at] as number;
      // Now, because computing a key leaves no room for another in between.
      if (this.cone && !this.cone.has(source)) this.#base.#computed(source);
      else if (!lanes.has(source)) stack.push(source);
    };
    if (this.#isRouted(node)) {
      for (const route of routesOf(flow, node)) if (route.kind === 'edge') push(route.edge);
      return;
    }
    const end = flow.inStart[node + 1] as number; // typed arrays of fixed length, here and below
    for (let k = flow.inStart[node] as number; k < end; k++) push(flow.inEdges[k] as number);
  }

  /** Leaves the key in `own`. */
  #compute(node: number): void {
    const { flow, given } = this;
    const { pins, overrides, inner } = given;
    own.start();
    const settings = flow.nodes[node]?.settings;
    const pinned = pins.get(node) ?? settings?.pinned;
    if (settings?.mode === 'muted') {
      own.text('muted');
    } else if (pinned !== undefined) {
      own.text('pinned');
      own.text(pinnedText(pinned));
    } else if (flow.cyclic[node] === 1) {
      own.text('cyclic');
    } else if (flow.types[node]?.implementation.kind === 'event') {
      own.text('event');
    } else if (this.#isRouted(node)) {
      own.text('bypassed');
      routesOf(flow, node).forEach((route, place) => {
        own.text(flow.types[node]?.outputs[place]?.id ?? '');
        if (route.kind === 'edge') {
          this.#addFeed(route.edge, 0);
          own.lanes(wire);
        } else {
          own.text(JSON.stringify(overrides.has(node) ? bypassRoutes(flow, node, overrides.get(node))[place] : route));
        }
      });
    } else {
      own.text('node');
      addOwnPart(own, flow, node, overrides.get(node));
      if (inner.size > 0) own.text(innerText(inner.get(node)));
      if (!isPureAlone(flow, node)) own.text(flow.ids[node] as NodeId); // every index has an id
      const body = flow.containers?.get(node)?.body;
      if (body ? bodyKey(body).usesPython : isPython(flow.types[node])) own.text(this.#environmentKey());
      this.#addFeeds(node);
    }
    own.finish();
  }

  /** Wires into different ports have no order; those into one port have. */
  #addFeeds(node: number): void {
    const { inStart, inEdges, edgeTargetPort } = this.flow;
    const start = inStart[node] as number;
    const end = inStart[node + 1] as number;
    let high = 0;
    let low = 0;
    const counts = end - start > MANY_WIRES ? new Map<PortId, number>() : undefined;
    for (let k = start; k < end; k++) {
      const edge = inEdges[k] as number;
      const port = edgeTargetPort[edge] as PortId;
      let rank = 0;
      if (counts) {
        rank = counts.get(port) ?? 0;
        counts.set(port, rank + 1);
      } else {
        for (let other = start; other < k; other++) if (edgeTargetPort[inEdges[other] as number] === port) rank++;
      }
      this.#addFeed(edge, rank);
      high = (high + wire.high) | 0;
      low = (low + wire.low) | 0;
    }
    own.number(end - start);
    own.number(high);
    own.number(low);
  }

  /** Leaves what an edge brings in `wire`. */
  #addFeed(edge: number, rank: number): void {
    const { flow, given } = this;
    wire.start();
    wire.text(flow.edgeTargetPort[edge] as PortId);
    wire.number(rank);
    const at = feedingEdge(flow, this.#traits, given, edge);
    if (at < 0) {
      wire.text(JSON.stringify(constantOf(flow, given, edge)));
    } else {
      const source = flow.edgeSource[at] as number;
      const table = this.cone && !this.cone.has(source) ? this.#base.#computed(source) : this.#lanes;
      wire.number(table?.highOf(source) ?? 0);
      wire.number(table?.lowOf(source) ?? 0);
      wire.text(flow.edgeSourcePort[at] as PortId);
    }
    wire.finish();
  }

  /** Whether what a node gives may be used by later runs. */
  isKept(node: number): boolean {
    return ((this.#traits[node] as number) & Trait.unkept) === 0;
  }

  /** Whether a node gives the same whenever its key is the same. */
  isPure(node: number): boolean {
    return ((this.#traits[node] as number) & Trait.pure) !== 0;
  }

  /** The node that really feeds another by an edge, through bypassed ones; -1 for what never changes by itself. */
  feederBy(edge: number): number {
    const at = feedingEdge(this.flow, this.#traits, this.given, edge);
    if (at < 0) return -1;
    const source = this.flow.edgeSource[at] as number;
    return this.isConstant(source) ? -1 : source;
  }

  /** Whether a node is not run and needs nothing. */
  isConstant(node: number): boolean {
    return ((this.#traits[node] as number) & Trait.constant) !== 0 || this.given.pins.has(node);
  }

  #waitsForItself(node: number): boolean {
    return this.flow.cyclic[node] === 1 && !this.isConstant(node);
  }

  #isRouted(node: number): boolean {
    return ((this.#traits[node] as number) & Trait.routed) !== 0 && !this.given.pins.has(node);
  }

  #environmentKey(): string {
    if (this.#base !== this) return this.#base.#environmentKey();
    this.#environment ??= JSON.stringify(this.flow.document.environment);
    return this.#environment;
  }
}

/** Beyond, it pays to count wires by port. */
const MANY_WIRES = 8;

function inOrder(a: number, b: number): number {
  return a - b;
}

/** The keys of a flow as it stands. */
export function keysOf(flow: CompiledFlow): KeyTable {
  let table = ofFlow.get(flow);
  if (!table) {
    table = new KeyTable(flow, NOTHING_GIVEN);
    ofFlow.set(flow, table);
  }
  return table;
}

/** The keys of a flow with what a run is given. */
export function keysWith(flow: CompiledFlow, given: Given): KeyTable {
  const base = keysOf(flow);
  return given === NOTHING_GIVEN ? base : new KeyTable(flow, given, base);
}
