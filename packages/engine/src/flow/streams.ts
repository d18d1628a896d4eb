import type { InputPort, NodeType, PortId, StreamMode } from '@loom/graph';
import { BodyDraft, type DraftContext } from './body-draft.js';
import { type CompiledFlow, type Container, EdgeMode, Join } from './compiled-flow.js';

/**
 * Tells how each edge takes a stream, and makes containers of the nodes that take items one by one: what leaves these is
 * a stream again.
 */
export function withStreams(flow: CompiledFlow, context: DraftContext): CompiledFlow {
  if (!flow.usedTypes.some((type) => type.outputs.some(isStream))) return flow;
  const sources = new Set<number>();
  const containers = new Map<number, Container>(flow.containers);
  const edgeModes = new Uint8Array(flow.edgeSource.length);
  for (const node of flow.order) {
    const type = flow.types[node];
    const isOneByOne = readModes(flow, node, edgeModes, (edge) => {
      const source = flow.edgeSource[edge] as number; // an edge of the flow
      if (containers.get(source)?.kind === 'items') return true;
      const port = flow.types[source]?.outputs[flow.edgeOutput[edge] as number];
      return port !== undefined && isStream(port);
    });
    if (isOneByOne) containers.set(node, { kind: 'items', body: bodyOf(flow, node, containers.get(node), context) });
    else if (type && !containers.has(node) && type.outputs.some(isStream)) sources.add(node);
  }
  return { ...flow, edgeModes, containers, streamSources: sources };
}

/** Writes down how the wires of a node take streams; true when it takes items one by one. */
function readModes(
  flow: CompiledFlow,
  node: number,
  edgeModes: Uint8Array,
  bringsStream: (edge: number) => boolean,
): boolean {
  let isOneByOne = false;
  const end = flow.inStart[node + 1] as number; // typed arrays of fixed length
  for (let k = flow.inStart[node] as number; k < end; k++) {
    const edge = flow.inEdges[k] as number;
    if (!bringsStream(edge)) continue;
    const mode = modeOf(flow, node, flow.edgeTargetPort[edge] as PortId);
    edgeModes[edge] = mode;
    if (mode === EdgeMode.each || mode === EdgeMode.latest) isOneByOne = true;
  }
  return isOneByOne;
}

function modeOf(flow: CompiledFlow, node: number, port: PortId): EdgeMode {
  const container = flow.containers?.get(node);
  const isZone = container?.kind === 'zone';
  if (isZone && container.zone.kind === 'for-each' && port === 'items') return EdgeMode.lazy;
  const asked: StreamMode | undefined = flow.nodes[node]?.settings?.streams?.[port];
  // What enters or leaves a body, and what a function takes several of, is one value.
  if (node === flow.exit || port.startsWith('capture:')) return EdgeMode.collect;
  if (asked) return EdgeMode[asked];
  const input = flow.types[node]?.inputs.find(({ id }) => id === port);
  if (isZone || input?.multiple || input?.type.kind === 'list') return EdgeMode.collect;
  return input && isStream(input) ? EdgeMode.whole : EdgeMode.each;
}

/** The node itself, once for each item: an input of the entry for each of its wires. */
function bodyOf(
  flow: CompiledFlow,
  node: number,
  container: Container | undefined,
  context: DraftContext,
): CompiledFlow {
  const id = flow.ids[node] as string; // every index has an id and a node
  const own = flow.nodes[node] as CompiledFlow['nodes'][number];
  const draft = new BodyDraft(context);
  // What an instance may lack, the node may lack for each item.
  draft.addEntry(`<items of ${id}>`, own, flow.joins?.[node] === Join.optional);
  draft.addNode(id, own);
  draft.addExit(`<items of ${id}>`, own);
  const at = draft.indexOf.get(id) as number; // added just now
  if (container) draft.containers.set(at, container);
  const ports: PortId[] = [];
  const end = flow.inStart[node + 1] as number;
  for (let k = flow.inStart[node] as number; k < end; k++) {
    const port = itemPort(ports.length);
    ports.push(port);
    draft.addEdge(port, k, draft.entry, port, at, flow.edgeTargetPort[flow.inEdges[k] as number] as PortId);
  }
  for (const { id: port, inner } of flow.types[node]?.outputs ?? []) {
    if (!inner) draft.addEdge(`out:${port}`, 0, at, port, draft.exit, port);
  }
  return withStreams(draft.finish(ports), context);
}

/** The port of the entry for the wire that is so many among those of the node. */
export function itemPort(place: number): PortId {
  return `wire:${place}`;
}

function isStream({ type }: Pick<InputPort | NodeType['outputs'][number], 'type'>): boolean {
  return type.kind === 'stream';
}
