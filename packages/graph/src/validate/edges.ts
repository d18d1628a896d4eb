import { findPorts } from '../connection/ports.js';
import { typeProblem } from '../connection/type-fit.js';
import { zoneProblem } from '../connection/zone-rule.js';
import type { FlowEdge } from '../document.js';
import { outputType } from '../effective-types.js';
import { graphIndex } from '../graph-index.js';
import type { Issue } from '../issue.js';
import type { Library } from '../library.js';
import { type FlowGraph, nodePorts } from '../node-ports.js';
import type { InputPort } from '../node-type.js';
import { hasStreams, type TypedGraph } from '../node-typing.js';
import { describePortType } from '../port-type/format.js';
import { fitStream, streamModeAt, takesItems, wireType } from '../stream-mode.js';

/** Wires whose ports are gone, that leave a zone, whose types do not fit, or that crowd an input for one. */
export function checkEdges(graph: FlowGraph, library: Library, path: readonly string[]): Issue[] {
  const typed = { document: graph, library };
  const streams = hasStreams(typed);
  const issues: Issue[] = [];
  for (const id of Object.keys(graph.edges)) {
    const edge = graph.edges[id] as FlowEdge; // a key of the table
    const ports = findPorts(graph, library, edge);
    if ('ok' in ports) {
      // A wire from a node to itself is told as a cycle.
      if (ports.code !== 'edge/self') issues.push(issue(ports.code, [...path, 'edges', id], ports.reason));
      continue;
    }
    const problem = zoneProblem(graph, edge) ?? typeProblem(typed, edge, ports, new Set([id]));
    if (problem) issues.push(issue(problem.code, [...path, 'edges', id], problem.reason));
    else if (streams) issues.push(...checkStreamMode(typed, edge, ports.input, path));
  }
  issues.push(...checkCrowding(graph, library, path));
  return issues;
}

/** The wire fits in some mode, and it must fit in the one that holds. */
function checkStreamMode(graph: TypedGraph, edge: FlowEdge, input: InputPort, path: readonly string[]): Issue[] {
  const { document, library } = graph;
  const source = outputType(document, library, edge.source, edge.sourcePort);
  if (source.kind !== 'stream') return [];
  const mode = streamModeAt(document.nodes[edge.target], input);
  const target = wireType(input);
  if (fitStream(source, target, mode).ok && !(input.inner && takesItems(mode))) return [];
  const other = (['each', 'collect', 'whole'] as const).find(
    (candidate) => !(input.inner && takesItems(candidate)) && fitStream(source, target, candidate).ok,
  );
  const way = other === undefined ? '' : ` Set it to "${other}".`;
  const message = `Input "${input.title}" takes the stream as "${mode}", which does not fit ${describePortType(target)}.${way}`;
  return [issue('node/stream-mode', [...path, 'nodes', edge.target, 'settings', 'streams', input.id], message)];
}

function checkCrowding(graph: FlowGraph, library: Library, path: readonly string[]): Issue[] {
  const index = graphIndex(graph);
  const issues: Issue[] = [];
  for (const id of Object.keys(graph.nodes)) {
    if (index.incoming(id).length < 2) continue;
    for (const input of nodePorts(graph, library, id).inputs) {
      if (input.multiple) continue;
      const [first, ...others] = index.incomingTo(id, input.id);
      if (others.length === 0) continue;
      const message = `Input "${input.title}" of "${id}" takes one wire, and "${first}" is there before this one. Remove one.`;
      for (const edge of others) issues.push(issue('edge/too-many', [...path, 'edges', edge], message));
    }
  }
  return issues;
}

function issue(code: string, path: readonly string[], message: string): Issue {
  return { code, severity: 'error', path, message };
}
