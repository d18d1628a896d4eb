import type { FlowEdge } from './document.js';
import { graphIndex } from './graph-index.js';
import type { EdgeId, NodeId } from './id.js';
import type { Json } from './json.js';
import type { Library } from './library.js';
import { type FlowGraph, nodePorts } from './node-ports.js';
import type { InputPort, NodeType, OutputPort } from './node-type.js';
import { unify } from './port-type/unify.js';
import { type Bindings, hasVariables, noBindings, substitute } from './port-type/variables.js';
import type { PortType } from './port-type.js';
import { fitWire, streamModeAt, takesItems, wireType } from './stream-mode.js';

const any: PortType = { kind: 'any' };

/** What follows for a node from what comes in. */
export interface NodeTyping {
  /** What its type variables stand for. */
  readonly bindings: Bindings;
  /** It runs for each item of a stream, so what it gives are streams. */
  readonly fires: boolean;
}

const untyped: NodeTyping = { bindings: noBindings, fires: false };

/** Which half of a node: a zone types its inner outputs before its body, and by what comes from outside alone. */
type Half = 'inner' | 'outer';

interface Memory extends Readonly<Record<Half, Map<NodeId, NodeTyping>>> {
  readonly streams: boolean;
}

/** A flow, and who knows its types. */
export interface TypedGraph {
  readonly document: FlowGraph;
  readonly library: Library;
}

const cache = new WeakMap<FlowGraph, WeakMap<Library, Memory>>();

/**
 * The typing of a node, or of the inner outputs of a zone. Follows wires upwards through other nodes, however long the
 * chain. Remembered for each document.
 */
export function typingOf(graph: TypedGraph, id: NodeId, half: Half = 'outer'): NodeTyping {
  const memory = memoryOf(graph);
  const open = { inner: new Set<NodeId>(), outer: new Set<NodeId>() };
  const stack: Ask[] = [{ id, half }];
  // A stack instead of recursion: a chain of ten thousand generic nodes is a flow like any other.
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    if (memory[top.half].has(top.id)) {
      stack.pop();
      continue;
    }
    const isFirst = !open[top.half].has(top.id);
    open[top.half].add(top.id);
    const height = stack.length;
    // The second time, all that can be known above is known; what is still open then lies on a cycle.
    if (isFirst) {
      for (const ask of asks(graph, top, memory.streams)) {
        if (!memory[ask.half].has(ask.id) && !open[ask.half].has(ask.id)) stack.push(ask);
      }
    }
    if (stack.length > height) continue;
    memory[top.half].set(top.id, typing(graph, top, memory, none));
    stack.pop();
  }
  return memory[half].get(id) ?? untyped;
}

/** The typing of a node as it would be without some of its wires. */
export function typingWithout(graph: TypedGraph, id: NodeId, ignored: ReadonlySet<EdgeId>): NodeTyping {
  for (const ask of asks(graph, { id, half: 'outer' }, memoryOf(graph).streams)) typingOf(graph, ask.id, ask.half);
  return typing(graph, { id, half: 'outer' }, memoryOf(graph), ignored);
}

/** Whether anything in this flow gives a stream. Most flows have none, and then types depend on less. */
export function hasStreams({ document, library }: TypedGraph): boolean {
  const { nodes, types } = document;
  const kept = streamFlows.get(nodes);
  if (kept?.types === types && kept.library === library) return kept.has;
  const has = Object.keys(nodes).some((id) => givesStreams(nodePorts(document, library, id).type));
  streamFlows.set(nodes, { types, library, has });
  return has;
}

/** By table of nodes, so that wires come and go at no cost. */
const streamFlows = new WeakMap<
  FlowGraph['nodes'],
  { readonly types: FlowGraph['types']; readonly library: Library; readonly has: boolean }
>();

/** The type that leaves an output of a node with this typing. */
export function typeOfOutput(output: OutputPort | undefined, { bindings, fires }: NodeTyping): PortType {
  const type = substitute(output?.type ?? any, bindings, any);
  return fires && !output?.inner ? { kind: 'stream', item: type } : type;
}

interface Ask {
  readonly id: NodeId;
  readonly half: Half;
}

const none: ReadonlySet<EdgeId> = new Set();
const streaming = new WeakMap<NodeType, boolean>();

function memoryOf(graph: TypedGraph): Memory {
  const { document, library } = graph;
  const libraries = cache.get(document) ?? new WeakMap<Library, Memory>();
  cache.set(document, libraries);
  let memory = libraries.get(library);
  if (!memory) {
    memory = { inner: new Map(), outer: new Map(), streams: hasStreams(graph) };
    libraries.set(library, memory);
  }
  return memory;
}

/** Whether nodes of this type give streams. */
export function givesStreams(type: NodeType | undefined): boolean {
  if (!type) return false;
  let gives = streaming.get(type);
  if (gives === undefined) {
    gives = type.outputs.some((output) => output.type.kind === 'stream');
    streaming.set(type, gives);
  }
  return gives;
}

/** The inputs whose wires say something of this half. */
function tellingInputs(graph: TypedGraph, { id, half }: Ask, streams: boolean): readonly InputPort[] {
  const { inputs } = nodePorts(graph.document, graph.library, id);
  return inputs.filter((input) => (streams || hasVariables(input.type)) && !(half === 'inner' && input.inner));
}

/** What must be known before. */
function asks(graph: TypedGraph, ask: Ask, streams: boolean): Ask[] {
  const { document } = graph;
  const index = graphIndex(document);
  return tellingInputs(graph, ask, streams).flatMap((input) =>
    index.incomingTo(ask.id, input.id).flatMap((edgeId): Ask[] => {
      const edge = document.edges[edgeId];
      const output = edge && outputOf(graph, edge);
      if (!edge || !output || !(streams || hasVariables(output.type))) return [];
      return [{ id: edge.source, half: output.inner ? 'inner' : 'outer' }];
    }),
  );
}

function typing(graph: TypedGraph, ask: Ask, memory: Memory, ignored: ReadonlySet<EdgeId>): NodeTyping {
  const { document } = graph;
  const node = document.nodes[ask.id];
  const literals = node?.inputs ?? {};
  let bindings = noBindings;
  let fires = false;
  for (const input of tellingInputs(graph, ask, memory.streams)) {
    const isGeneric = hasVariables(input.type);
    const mode = streamModeAt(node, input);
    const wires = graphIndex(document).incomingTo(ask.id, input.id);
    for (const id of wires) {
      const edge = ignored.has(id) ? undefined : document.edges[id];
      if (!edge) continue;
      const output = outputOf(graph, edge);
      const source = typeOfOutput(output, memory[output?.inner ? 'inner' : 'outer'].get(edge.source) ?? untyped);
      if (source.kind === 'stream' && takesItems(mode) && !input.inner) fires = true;
      const result = isGeneric ? fitWire(source, input, mode, bindings) : undefined;
      if (result?.ok) bindings = result.bindings;
    }
    const literal =
      isGeneric && wires.length === 0 && Object.hasOwn(literals, input.id) ? literals[input.id] : undefined;
    const result = literal === undefined ? undefined : unify(typeOfLiteral(literal), wireType(input), bindings);
    if (result?.ok) bindings = result.bindings;
  }
  return { bindings, fires };
}

function outputOf({ document, library }: TypedGraph, { source, sourcePort }: FlowEdge): OutputPort | undefined {
  return nodePorts(document, library, source).outputs.find((output) => output.id === sourcePort);
}

/** Lists and objects say nothing sure about what they hold, so only plain literals bind a variable. */
function typeOfLiteral(value: Json): PortType {
  return value === null || typeof value === 'object' ? any : { kind: 'literal', value };
}
