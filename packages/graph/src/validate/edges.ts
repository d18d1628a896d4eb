import { findPorts } from '../connection/ports.js';
import { typeProblem } from '../connection/type-fit.js';
import { graphIndex } from '../graph-index.js';
import type { Issue } from '../issue.js';
import type { Library } from '../library.js';
import { type FlowGraph, nodePorts } from '../node-ports.js';

/** Wires whose ports are gone, whose types do not fit, or that crowd an input for one. */
export function checkEdges(graph: FlowGraph, library: Library, path: readonly string[]): Issue[] {
  const wires = Object.entries(graph.edges).flatMap(([id, edge]): Issue[] => {
    const at = [...path, 'edges', id];
    const ports = findPorts(graph, library, edge);
    // A wire from a node to itself is told as a cycle.
    if ('ok' in ports) return ports.code === 'edge/self' ? [] : [issue(ports.code, at, ports.reason)];
    const problem = typeProblem(graph, library, edge, ports, new Set([id]));
    return problem ? [issue(problem.code, at, problem.reason)] : [];
  });
  return [...wires, ...checkCrowding(graph, library, path)];
}

function checkCrowding(graph: FlowGraph, library: Library, path: readonly string[]): Issue[] {
  const index = graphIndex(graph);
  return Object.keys(graph.nodes).flatMap((id) => {
    if (index.incoming(id).length < 2) return [];
    return nodePorts(graph, library, id).inputs.flatMap((input) => {
      const [first, ...others] = index.incomingTo(id, input.id);
      if (input.multiple) return [];
      const message = `Input "${input.title}" of "${id}" takes one wire, and "${first}" is there before this one. Remove one.`;
      return others.map((edge) => issue('edge/too-many', [...path, 'edges', edge], message));
    });
  });
}

function issue(code: string, path: readonly string[], message: string): Issue {
  return { code, severity: 'error', path, message };
}
