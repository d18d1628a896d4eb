import type { FlowEdge } from '../document.js';
import { graphIndex } from '../graph-index.js';
import type { Library } from '../library.js';
import type { FlowGraph } from '../node-ports.js';
import { cycleProblem } from './cycle.js';
import { findPorts } from './ports.js';
import { type ConnectionCheck, refuse } from './refusal.js';
import { downstreamProblem, typeProblem } from './type-fit.js';

/**
 * Decides whether this wire may be added: both ports exist, the types fit, and no node would need itself. Types are
 * taken as they are in this flow, with variables replaced. Nodes of missing types take and give anything.
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
  const problem =
    typeProblem(document, library, edge, ports, replaced) ??
    cycleProblem(document, edge, replaced) ??
    downstreamProblem(document, library, edge, ports, replaced);
  if (problem) return problem;
  const [replaces] = replaced;
  return replaces === undefined ? { ok: true } : { ok: true, replaces };
}
