import type { FlowDocument } from '../document.js';
import type { Issue } from '../issue.js';
import type { Library } from '../library.js';
import { type FlowGraph, nodePorts } from '../node-ports.js';

/** Ports shown on the outside whose inner port is gone. */
export function checkPromotedPorts(
  graph: FlowGraph & Pick<FlowDocument, 'inputs' | 'outputs'>,
  library: Library,
  path: readonly string[],
): Issue[] {
  return (['inputs', 'outputs'] as const).flatMap((side) =>
    Object.entries(graph[side]).flatMap(([name, { node, port }]): Issue[] => {
      const found = nodePorts(graph, library, node);
      if (Object.hasOwn(graph.nodes, node)) {
        const missing = !found.type || found.type.implementation.kind === 'missing';
        if (missing || found[side].some((candidate) => candidate.id === port)) return [];
      }
      const message = `The port "${name}" leads to "${port}" of node "${node}", which does not exist.`;
      return [{ code: 'document/wrong-port', severity: 'error', path: [...path, side, name], message }];
    }),
  );
}

/** The inputs that the outside feeds, as keys of node and port. */
export function promotedInputs(graph: Pick<FlowDocument, 'inputs'>): ReadonlySet<string> {
  return new Set(Object.values(graph.inputs).map(({ node, port }) => JSON.stringify([node, port])));
}
