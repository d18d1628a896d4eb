import type { FlowNode, Json, NodeType, PortId, PromotedPort, TypeId } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import { KeyHash, type Lanes, lanesOf } from './key-hash.js';

const contentOfNode = new WeakMap<FlowNode, Lanes>();
const codeOfType = new WeakMap<NodeType, Lanes>();
const bodies = new WeakMap<CompiledFlow, BodyKey>();

/** The key of a whole body. */
export interface BodyKey extends Lanes {
  /** Whether what Python requires has a say in it. */
  readonly usesPython: boolean;
}

/** What a node says itself: its literals and the settings that what it gives follows from. */
export function contentOf(node: FlowNode, overrides?: ReadonlyMap<PortId, Json>): Lanes {
  if (overrides) return lanesOf(contentText(node, { ...node.inputs, ...Object.fromEntries(overrides) }));
  let lanes = contentOfNode.get(node);
  if (!lanes) {
    lanes = lanesOf(contentText(node, node.inputs ?? {}));
    contentOfNode.set(node, lanes);
  }
  return lanes;
}

/** How a node runs, as far as results follow from it; timeouts, retries and breakpoints change no result. */
function contentText({ type, settings }: FlowNode, inputs: Readonly<Record<PortId, Json>>): string {
  const { streams, cases, zone } = settings ?? {};
  return JSON.stringify([type, sortedEntries(inputs), sortedEntries(streams ?? {}), cases ?? null, zone ?? null]);
}

/** What performs the nodes of a type. */
export function codeOf(type: NodeType): Lanes {
  let lanes = codeOfType.get(type);
  if (!lanes) {
    lanes = lanesOf(revisionOf(type));
    codeOfType.set(type, lanes);
  }
  return lanes;
}

export function revisionOf({ implementation }: NodeType): string {
  return implementation.kind === 'missing' ? '' : implementation.revision;
}

export function isPython(type: NodeType | undefined): boolean {
  return type?.implementation.kind === 'source' && type.implementation.language === 'python';
}

/** Adds what a node computes, apart from what feeds it. */
export function addOwnPart(
  hash: KeyHash,
  flow: CompiledFlow,
  node: number,
  overrides: ReadonlyMap<PortId, Json> | undefined,
): void {
  hash.lanes(contentOf(flow.nodes[node] as FlowNode, overrides)); // every index has a node
  hash.number(flow.joins?.[node] ?? 0);
  const container = flow.containers?.get(node);
  if (container) {
    hash.lanes(bodyKey(container.body));
    hash.text(promotedText(flow, flow.nodes[node]?.type));
    return;
  }
  const type = flow.types[node];
  if (type) hash.lanes(codeOf(type));
}

/**
 * The key of a body: everything in it that results follow from, and how it is wired, down through the containers in it.
 * Where its nodes stand has no part in it.
 */
export function bodyKey(body: CompiledFlow): BodyKey {
  const known = bodies.get(body);
  if (known) return known;
  // Of its own, because a body may be met in the midst of another key. Bodies nest as deep as zones do, which is bounded.
  const hash = new KeyHash();
  hash.start();
  let usesPython = false;
  for (let node = 0; node < body.ids.length; node++) {
    const { mode = '', pinned } = body.nodes[node]?.settings ?? {};
    hash.text(body.ids[node] as string);
    hash.text(mode);
    hash.text(pinned ? pinnedText(pinned) : '');
    hash.number((body.escaping.has(node) ? 1 : 0) + (body.recursive.has(node) ? 2 : 0));
    addOwnPart(hash, body, node, undefined);
    const inner = body.containers?.get(node);
    usesPython ||= inner ? bodyKey(inner.body).usesPython : isPython(body.types[node]);
    const end = body.inStart[node + 1] as number; // typed arrays of fixed length
    for (let k = body.inStart[node] as number; k < end; k++) {
      const edge = body.inEdges[k] as number;
      hash.text(body.edgeTargetPort[edge] as string);
      hash.text(body.ids[body.edgeSource[edge] as number] as string);
      hash.text(body.edgeSourcePort[edge] as string);
    }
  }
  hash.finish();
  const key = { high: hash.high, low: hash.low, usesPython };
  bodies.set(body, key);
  return key;
}

/** Values by output, the same text for the same values. */
export function pinnedText(values: Readonly<Record<PortId, Json>>): string {
  return JSON.stringify(sortedEntries(values));
}

/** Which ports of its nodes a subgraph shows: its revision also has where they stand. */
function promotedText({ document }: CompiledFlow, id: TypeId | undefined): string {
  const type = id !== undefined && Object.hasOwn(document.types, id) ? document.types[id] : undefined;
  if (type?.kind !== 'subgraph') return '';
  const ends = (ports: Readonly<Record<PortId, PromotedPort>> = {}) =>
    sortedEntries(ports).map(([id, port]) => [id, port.node, port.port, port.default ?? null]);
  return JSON.stringify([ends(type.inputs), ends(type.outputs)]);
}

function sortedEntries<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
}
