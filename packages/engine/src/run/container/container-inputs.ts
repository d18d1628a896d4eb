import type { Json, PortId } from '@loom/graph';
import { givenLiteral } from '../../plan/blocked.js';
import { blameAt, blamed } from '../blame.js';
import { freshJson } from '../calls/fresh-json.js';
import type { Frame } from '../frame.js';
import type { Passed } from '../passed.js';
import { passedAlong } from '../run-values.js';
import { Token } from '../tokens.js';
import type { Entering } from './entering.js';

/** What an input of a container is given: by wire, else as a literal, else by default; undefined when by nothing. */
export function givenTo(frame: Frame, node: number, port: PortId): Passed | undefined {
  return broughtTo(frame, node, port, frame.flow.types[node]?.inputs.find(({ id }) => id === port)?.default);
}

/** Likewise, with a default of one's own. */
export function broughtTo(frame: Frame, node: number, port: PortId, byDefault: Json | undefined): Passed | undefined {
  const { flow, tokens, plan } = frame;
  const end = flow.inStart[node + 1] as number; // typed arrays of fixed length
  for (let k = flow.inStart[node] as number; k < end; k++) {
    const edge = flow.inEdges[k] as number;
    if (flow.edgeTargetPort[edge] === port && tokens.hasValue(edge)) return passedAlong(frame, edge);
  }
  const given = givenLiteral(flow, node, plan.overrides.get(node), port);
  const value: Json | undefined = given === undefined ? byDefault : given;
  // Whoever receives it may change it.
  return value === undefined ? undefined : literal(freshJson(value));
}

/** What wires from around a container bring into it, by port of its entry. */
export function captured(frame: Frame, node: number): ReadonlyMap<PortId, Entering> {
  const { flow, tokens } = frame;
  const constants = new Map<PortId, Entering>();
  const end = flow.inStart[node + 1] as number;
  for (let k = flow.inStart[node] as number; k < end; k++) {
    const edge = flow.inEdges[k] as number;
    const port = flow.edgeTargetPort[edge] as PortId;
    if (!port.startsWith('capture:')) continue;
    if (tokens.hasValue(edge)) constants.set(port, passedAlong(frame, edge));
    else if (tokens.isNone(edge)) constants.set(port, { token: Token.none });
    else constants.set(port, { token: tokens.without(edge), blame: blamed(frame, blameAt(frame, edge)) });
  }
  return constants;
}

/** The value of an entry or result that no wire brings. */
export function literal(value: unknown): Passed {
  return { value, summary: undefined };
}
