import type { NodeType } from '@loom/graph';
import { type CompiledFlow, Join } from '../flow/compiled-flow.js';
import { bypassRoutes } from './bypass.js';

/** What holds of a node in every run of its flow. */
export const Trait = {
  /** Gives the same whenever its key is the same: pure with all that feeds it. */
  pure: 1,
  /** Muted, pinned, or an event: needs nothing, and gives what it always gives. */
  constant: 2,
  /** Bypassed: hands on what it gets. */
  routed: 4,
  /** What it gave is not used by later runs: it gives streams, or is set so. */
  unkept: 8,
} as const;

const known = new WeakMap<CompiledFlow, Uint8Array>();
const withStreams = new WeakMap<NodeType, boolean>();

/** The traits of all nodes, by index, as bits of {@link Trait}. Worked out once for each flow. */
export function traitsOf(flow: CompiledFlow): Uint8Array {
  let traits = known.get(flow);
  if (!traits) {
    traits = new Uint8Array(flow.ids.length);
    for (const node of flow.order) traits[node] = traitsOfNode(flow, node, traits);
    known.set(flow, traits);
  }
  return traits;
}

/** Whether all of a body gives the same whenever its key is the same. */
function isPureBody(body: CompiledFlow): boolean {
  return traitsOf(body).every((bits) => (bits & Trait.pure) !== 0);
}

/** `traits` has those of all nodes that come before. */
function traitsOfNode(flow: CompiledFlow, node: number, traits: Uint8Array): number {
  const settings = flow.nodes[node]?.settings;
  const type = flow.types[node];
  if (settings?.mode === 'muted' || settings?.pinned !== undefined || type?.implementation.kind === 'event') {
    return Trait.pure | Trait.constant;
  }
  if (flow.cyclic[node] === 1) return 0;
  if (settings?.mode === 'bypassed') return routedTraits(flow, node, traits);

  const bits = settings?.cache === 'never' || isStreaming(flow, node) ? Trait.unkept : 0;
  if (!isPureAlone(flow, node)) return bits;
  const end = flow.inStart[node + 1] as number; // typed arrays of fixed length, here and below
  for (let k = flow.inStart[node] as number; k < end; k++) {
    const source = flow.edgeSource[flow.inEdges[k] as number] as number;
    if (((traits[source] as number) & Trait.pure) === 0) return bits;
  }
  return bits | Trait.pure;
}

/** Whether the node by itself gives the same for the same inputs. */
export function isPureAlone(flow: CompiledFlow, node: number): boolean {
  // Which of its wires is the first may be another each time.
  if (flow.joins?.[node] === Join.first) return false;
  const container = flow.containers?.get(node);
  return container ? isPureBody(container.body) : (flow.types[node]?.pure ?? false);
}

function routedTraits(flow: CompiledFlow, node: number, traits: Uint8Array): number {
  const isPure = bypassRoutes(flow, node).every((route) => {
    if (route.kind !== 'edge') return true;
    return ((traits[flow.edgeSource[route.edge] as number] as number) & Trait.pure) !== 0;
  });
  return isPure ? Trait.routed | Trait.pure : Trait.routed;
}

/** A node gives streams by its type, or because it takes the items of a stream one by one. */
function isStreaming(flow: CompiledFlow, node: number): boolean {
  const type = flow.types[node];
  return flow.containers?.get(node)?.kind === 'items' || (type !== undefined && hasStreams(type));
}

function hasStreams(type: NodeType): boolean {
  let has = withStreams.get(type);
  if (has === undefined) {
    has = type.outputs.some((output) => output.type.kind === 'stream');
    withStreams.set(type, has);
  }
  return has;
}
