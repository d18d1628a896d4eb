import type { InputPort, PortId } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { NodeError } from '../node-error.js';
import { givenLiteral, type Overrides } from '../plan/blocked.js';
import { multipleInputs } from './dispatch/task-inputs.js';
import type { Tokens } from './tokens.js';

/** A required input of a node whose wires bring nothing, and that has nothing else; undefined when all is there. */
export function missingInput(
  { flow, tokens, plan }: { flow: CompiledFlow; tokens: Tokens; plan: { overrides: Overrides } },
  node: number,
): NodeError | undefined {
  const type = flow.types[node];
  const multiple = type && multipleInputs(type);
  const wired = new Set<PortId>();
  const given = new Set<PortId>();
  const end = flow.inStart[node + 1] as number; // typed arrays of fixed length
  for (let k = flow.inStart[node] as number; k < end; k++) {
    const edge = flow.inEdges[k] as number;
    const port = flow.edgeTargetPort[edge] as PortId;
    wired.add(port);
    // The list of what several wires bring may be empty.
    if (tokens.hasValue(edge) || (multiple?.has(port) && !tokens.isNone(edge))) given.add(port);
  }
  const isMissing = ({ id, required, default: byDefault }: InputPort): boolean =>
    required &&
    wired.has(id) &&
    !given.has(id) &&
    byDefault === undefined &&
    givenLiteral(flow, node, plan.overrides.get(node), id) === undefined;
  const missing = type?.inputs.find(isMissing);
  if (!missing) return undefined;
  const message = `What leads to the input "${missing.title}" was skipped or failed, and nothing stands in for it. Enter a value, or let the node wait for all.`;
  return { code: 'node/missing-input', message, frames: [] };
}
