import { type InputPort, type Json, type PortId, type PortType, substitute, unify, wireType } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import { givenLiteral } from './blocked.js';

/** What an output of a bypassed node hands on. */
export type BypassRoute =
  /** What this edge brings, by index. */
  | { readonly kind: 'edge'; readonly edge: number }
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'skip' };

const SKIP: BypassRoute = { kind: 'skip' };

/**
 * What each output of a bypassed node hands on, by place: the first connected input whose type fits it, else the first
 * literal of such an input, else nothing.
 */
export function bypassRoutes(
  flow: CompiledFlow,
  node: number,
  overrides?: ReadonlyMap<PortId, Json>,
): readonly BypassRoute[] {
  const type = flow.types[node];
  if (!type) return [];
  return type.outputs.map((output) => {
    if (output.inner) return SKIP;
    const wanted = rigid(output.type);
    const inputs = type.inputs.filter(({ inner }) => !inner);
    for (const input of inputs) {
      const edge = fits(wireType(input), wanted) ? firstEdge(flow, node, input.id) : -1;
      if (edge >= 0) return { kind: 'edge', edge };
    }
    for (const input of inputs) {
      const value = fits(literalType(input), wanted) ? givenLiteral(flow, node, overrides, input.id) : undefined;
      if (value !== undefined) return { kind: 'literal', value };
    }
    return SKIP;
  });
}

/** The literal of an input of several wires is the whole list. */
function literalType({ type, multiple }: InputPort): PortType {
  return multiple && type.kind !== 'list' ? { kind: 'list', item: type } : type;
}

function fits(type: PortType, wanted: PortType): boolean {
  return unify(rigid(type), wanted).ok;
}

function firstEdge(flow: CompiledFlow, node: number, port: PortId): number {
  const end = flow.inStart[node + 1] as number; // typed arrays of fixed length
  for (let k = flow.inStart[node] as number; k < end; k++) {
    const edge = flow.inEdges[k] as number;
    if (flow.edgeTargetPort[edge] === port) return edge;
  }
  return -1;
}

/** A variable of the node is one type, whatever it is: it fits itself, and not everything. */
function rigid(type: PortType): PortType {
  const names = variablesOf(type);
  if (names.length === 0) return type;
  return substitute(type, new Map(names.map((name) => [name, { kind: 'class', name: `variable ${name}` }] as const)));
}

function variablesOf(type: PortType): readonly string[] {
  switch (type.kind) {
    case 'variable':
      return [type.name];
    case 'list':
    case 'stream':
      return variablesOf(type.item);
    case 'dict':
      return [...variablesOf(type.key), ...variablesOf(type.value)];
    case 'tuple':
      return type.items.flatMap(variablesOf);
    case 'union':
      return type.members.flatMap(variablesOf);
    default:
      return [];
  }
}
