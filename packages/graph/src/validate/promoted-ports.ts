import type { FlowDocument, PromotedPort } from '../document.js';
import type { Issue } from '../issue.js';
import { bodiesOf } from '../zone-body.js';
import type { WiredGraph } from './wired-graph.js';

/** Ports shown on the outside whose inner port is gone, or has no single value. */
export function checkPromotedPorts(graph: WiredGraph): Issue[] {
  return (['inputs', 'outputs'] as const).flatMap((side) =>
    Object.entries(graph.document[side]).flatMap(([name, port]): Issue[] => {
      const problem = promotedProblem(graph, side, port);
      if (problem === undefined) return [];
      const message = `The port "${name}" leads to "${port.port}" of node "${port.node}", ${problem}.`;
      return [{ code: 'document/wrong-port', severity: 'error', path: [...graph.path, side, name], message }];
    }),
  );
}

function promotedProblem(
  graph: WiredGraph,
  side: 'inputs' | 'outputs',
  { node, port }: PromotedPort,
): string | undefined {
  const ports = graph.ports.get(node);
  if (!ports) return 'which does not exist';
  const found = ports[side].find((candidate) => candidate.id === port);
  if (found?.inner) return 'which can be reached only from within the zone';
  if (!found && ports.type && ports.type.implementation.kind !== 'missing') return 'which does not exist';
  const zone = side === 'outputs' ? bodiesOf(graph.document.nodes)?.of(node).zone : undefined;
  if (zone === undefined) return undefined;
  return `which has another value in each iteration of "${zone}"; use an output of the zone`;
}

/** The inputs that the outside feeds, as keys of node and port. */
export function promotedInputs(graph: Pick<FlowDocument, 'inputs'>): ReadonlySet<string> {
  return new Set(Object.values(graph.inputs).map(({ node, port }) => JSON.stringify([node, port])));
}
