import type { FlowEdge } from '../document.js';
import { graphIndex } from '../graph-index.js';
import type { EdgeId } from '../id.js';
import type { Library } from '../library.js';
import type { FlowGraph } from '../node-ports.js';
import { hasStreams } from '../node-typing.js';
import { hasVariables } from '../port-type/variables.js';
import { cycleProblem } from './cycle.js';
import { findPorts } from './ports.js';
import { type ConnectionCheck, type Refusal, refuse } from './refusal.js';
import { downstreamMisfit, typeProblem } from './type-fit.js';
import { zoneProblem } from './zone-rule.js';

/**
 * Decides whether this wire may be added: both ports exist, it leaves no zone but by the zone's inner inputs, the types
 * fit, and no node would need itself. Types are taken as they are in this flow, with variables replaced. Nodes of missing
 * types take and give anything.
 *
 * @example
 * ```ts
 * const check = canConnect(document, library, { source: 'a', sourcePort: 'out', target: 'b', targetPort: 'x' });
 * if (!check.ok) showHint(check.reason);
 * ```
 */
export function canConnect(document: FlowGraph, library: Library, edge: FlowEdge): ConnectionCheck {
  const present = graphIndex(document).incomingTo(edge.target, edge.targetPort);
  const same = present.find((id) => {
    const other = document.edges[id];
    return other?.source === edge.source && other.sourcePort === edge.sourcePort;
  });
  if (same !== undefined) return refuse('edge/already-connected', 'These two ports are connected already.');
  const ports = findPorts(document, library, edge);
  if ('ok' in ports) return ports;
  // An input that takes one wire has at most one; should a file have brought more, all of them make room.
  const replaced = new Set(ports.input.multiple ? [] : present);
  const graph = { document, library };
  const problem =
    zoneProblem(document, edge) ??
    typeProblem(graph, edge, ports, replaced) ??
    cycleProblem(document, edge, replaced) ??
    (hasVariables(ports.input.type) || hasStreams(graph) ? fartherProblem(graph, edge, replaced) : undefined);
  if (problem) return problem;
  const [replaces] = replaced;
  return replaces === undefined ? { ok: true } : { ok: true, replaces };
}

/** Why wires farther down would no longer fit. */
function fartherProblem(
  graph: { readonly document: FlowGraph; readonly library: Library },
  edge: FlowEdge,
  replaced: ReadonlySet<EdgeId>,
): Refusal | undefined {
  const { edges } = graph.document;
  const left =
    replaced.size === 0 ? edges : Object.fromEntries(Object.entries(edges).filter(([id]) => !replaced.has(id)));
  let id = 'new';
  while (Object.hasOwn(edges, id)) id += '+';
  const document = { ...graph.document, edges: { ...left, [id]: edge } };
  return downstreamMisfit(graph, { ...graph, document }, [edge.target])?.refusal;
}
