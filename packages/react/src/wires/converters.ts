import {
  type FlowEdge,
  inputType,
  type NodeType,
  nodePorts,
  outputType,
  type PortId,
  type PortType,
  portTypesEqual,
  substitute,
  unify,
  wireType,
} from '@loom/graph';
import type { DocumentState } from '../store/state.js';

/** A node type that makes what a wire brings into what its other end takes. */
export interface Converter {
  readonly type: NodeType;
  readonly input: PortId;
  readonly output: PortId;
}

/** More than this many choose among nobody does. */
const MOST = 12;
/** The shelf of the engine's own conversions, whose nodes do nothing else. */
const CONVERT = 'Convert';

/**
 * The node types that go in between two ports whose types differ, the best first: those that are made to convert, then
 * those that give just what is wanted, then those with the fewest inputs. One that needs more than the wire is none.
 */
export function converters(
  { document, library }: Pick<DocumentState, 'document' | 'library'>,
  edge: FlowEdge,
  types: readonly NodeType[],
): readonly Converter[] {
  const source = outputType(document, library, edge.source, edge.sourcePort);
  const port = nodePorts(document, library, edge.target).inputs.find(({ id }) => id === edge.targetPort);
  if (port === undefined) return [];
  const target = wireType({ ...port, type: inputType(document, library, edge.target, port.id) });
  const found: { readonly converter: Converter; readonly cost: number }[] = [];
  for (const type of types) {
    const converter = convert(type, source, target);
    if (converter !== undefined) found.push(converter);
  }
  return found
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MOST)
    .map(({ converter }) => converter);
}

function convert(
  type: NodeType,
  source: PortType,
  target: PortType,
): { readonly converter: Converter; readonly cost: number } | undefined {
  const { kind } = type.implementation;
  if (kind === 'missing' || kind === 'zone' || kind === 'event') return undefined;
  const isMade = type.category === CONVERT;
  for (const input of type.inputs) {
    const others = type.inputs.filter((other) => other !== input);
    if (others.some(({ required, default: standard }) => required && standard === undefined)) continue;
    const taken = unify(source, wireType(input));
    if (!taken.ok) continue;
    for (const output of type.outputs) {
      const given = substitute(output.type, taken.bindings);
      // What comes out as it went in converts nothing.
      if (isVague(given, isMade) || portTypesEqual(given, source)) continue;
      if (!unify(given, target).ok) continue;
      const cost = (isMade ? 0 : 100) + (portTypesEqual(given, target) ? 0 : 10) + type.inputs.length;
      return { converter: { type, input: input.id, output: output.id }, cost };
    }
  }
  return undefined;
}

/** What may be anything is no promise to be of a type. JSON is one only from what is made to read it. */
function isVague({ kind }: PortType, isMade: boolean): boolean {
  return kind === 'any' || kind === 'variable' || (kind === 'json' && !isMade);
}
