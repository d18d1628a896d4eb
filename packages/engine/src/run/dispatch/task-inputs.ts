import type { InputPort, Json, NodeType, PortId } from '@loom/graph';
import type { InputSource } from '../../executor.js';
import type { CompiledFlow } from '../../flow/compiled-flow.js';
import { givenLiteral, type Overrides } from '../../plan/blocked.js';
import { encodePortable } from '../../portable/encode.js';
import { freshJson } from '../calls/fresh-json.js';

type Sources = Readonly<Record<PortId, InputSource>>;

const none: Sources = Object.freeze({});
const noPorts: ReadonlySet<PortId> = new Set();
const literalsOf = new WeakMap<CompiledFlow, (Sources | undefined)[]>();
const multipleOf = new WeakMap<NodeType, ReadonlySet<PortId>>();

/** The literals of a node as sources, encoded once for each compiled flow. */
export function literalInputs(flow: CompiledFlow, node: number, overrides: Overrides): Sources {
  const own = overrides.get(node);
  if (own) return encodeLiterals(flow, node, own);
  let known = literalsOf.get(flow);
  if (!known) {
    known = new Array<Sources | undefined>(flow.ids.length);
    literalsOf.set(flow, known);
  }
  const sources = known[node] ?? encodeLiterals(flow, node, undefined);
  known[node] = sources;
  return sources;
}

function encodeLiterals(flow: CompiledFlow, node: number, overrides: ReadonlyMap<PortId, Json> | undefined): Sources {
  let sources: Record<PortId, InputSource> | undefined;
  for (const { port, value } of givenLiterals(flow, node, overrides)) {
    sources ??= {};
    setSource(sources, port, { kind: 'literal', value: encodePortable(freshJson(value)) });
  }
  return sources ?? none;
}

/** A value that an input has without a wire. */
export interface GivenLiteral {
  readonly port: PortId;
  readonly value: Json;
}

/** What the inputs of a node have by themselves, from outside, the document or the type. */
export function givenLiterals(
  flow: CompiledFlow,
  node: number,
  overrides: ReadonlyMap<PortId, Json> | undefined,
): GivenLiteral[] {
  const type = flow.types[node];
  const literals: GivenLiteral[] = [];
  for (const input of type?.inputs ?? []) {
    const given = givenLiteral(flow, node, overrides, input.id);
    const value = given === undefined ? defaultOf(input, type) : given;
    if (value !== undefined) literals.push({ port: input.id, value });
  }
  return literals;
}

/** A Python function has its defaults itself, as they are; a JavaScript function gets what its type declares. */
export function defaultOf(input: InputPort, type: NodeType | undefined): Json | undefined {
  const implementation = type?.implementation;
  const isJavaScript =
    implementation?.kind === 'function' ||
    (implementation?.kind === 'source' && implementation.language === 'javascript');
  return isJavaScript ? input.default : undefined;
}

/** The inputs that take several wires. */
export function multipleInputs(type: NodeType): ReadonlySet<PortId> {
  let ports = multipleOf.get(type);
  if (!ports) {
    const several = type.inputs.filter(({ multiple }) => multiple).map(({ id }) => id);
    ports = several.length === 0 ? noPorts : new Set(several);
    multipleOf.set(type, ports);
  }
  return ports;
}

/**
 * The inputs of a task: literals, and a source for each wire. `sourceOf` says where the value of an edge is: undefined when it
 * brings none, `none` when it is as good as not there. An input of several wires becomes a list in edge order. A wire wins over a
 * literal, unless it brings nothing.
 */
export function taskInputs(
  flow: CompiledFlow,
  node: number,
  overrides: Overrides,
  sourceOf: (edge: number) => InputSource | 'none' | undefined,
): Sources {
  const literals = literalInputs(flow, node, overrides);
  const start = flow.inStart[node] as number; // typed arrays of fixed length, here and below
  const end = flow.inStart[node + 1] as number;
  if (start === end) return literals;
  const type = flow.types[node];
  const multiple = type ? multipleInputs(type) : noPorts;
  const inputs: Record<PortId, InputSource> = { ...literals };
  let lists: Map<PortId, InputSource[]> | undefined;
  for (let k = start; k < end; k++) {
    const edge = flow.inEdges[k] as number;
    const port = flow.edgeTargetPort[edge] as PortId;
    const source = sourceOf(edge);
    if (source === 'none') continue;
    if (!source) {
      // The list of what arrived may be empty.
      if (multiple.has(port)) {
        lists ??= new Map();
        if (!lists.has(port)) lists.set(port, []);
      }
      continue;
    }
    if (!multiple.has(port)) {
      setSource(inputs, port, source);
      continue;
    }
    lists ??= new Map();
    const items = lists.get(port);
    if (items) items.push(source);
    else lists.set(port, [source]);
  }
  for (const [port, items] of lists ?? []) setSource(inputs, port, { kind: 'list', items });
  return inputs;
}

/** Defines a port of the name `__proto__`: assigning it would change the prototype instead. */
function setSource(inputs: Record<PortId, InputSource>, port: PortId, source: InputSource): void {
  if (port === '__proto__') {
    Object.defineProperty(inputs, port, { value: source, enumerable: true, configurable: true, writable: true });
  } else {
    inputs[port] = source;
  }
}
