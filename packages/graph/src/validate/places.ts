import type { NodeId } from '../id.js';
import type { Issue } from '../issue.js';
import { bodiesOf, MAX_ZONE_DEPTH } from '../zone-body.js';
import type { WiredGraph } from './wired-graph.js';

/**
 * Nodes that lie where they make no sense: in what is no zone, in too many zones, and events where they cannot fire.
 *
 * @param isSubgraph - Whether the graph is the inside of a type.
 */
export function checkPlaces(graph: WiredGraph, isSubgraph: boolean): Issue[] {
  const { document, path, nodeIds, ports } = graph;
  const bodies = bodiesOf(document.nodes);
  const issues: Issue[] = [];
  const add = (severity: Issue['severity'], code: string, place: readonly string[], message: string): void => {
    issues.push({ code, severity, path: [...path, 'nodes', ...place], message });
  };
  for (const id of nodeIds) {
    const parent = document.nodes[id]?.parent;
    if (parent !== undefined && !isContainer(graph, parent)) {
      const message = `It lies in "${parent}", which is neither a zone nor a group, so this changes nothing.`;
      add('warning', 'node/wrong-parent', [id, 'parent'], message);
    }
    if (bodies?.zone(id) && bodies.of(id).depth === MAX_ZONE_DEPTH) {
      const message = `It lies in ${MAX_ZONE_DEPTH} zones, and there may be no more. Use a subgraph for what is inside.`;
      add('error', 'node/too-deep', [id], message);
    }
    const zone = bodies?.of(id).zone;
    if ((isSubgraph || zone !== undefined) && ports.get(id)?.type?.implementation.kind === 'event') {
      const place = zone === undefined ? 'a subgraph' : `the zone "${zone}"`;
      const message = `An event cannot fire in ${place}. Put it outside, and lead its values in by wires.`;
      add('error', 'node/event-inside', [id], message);
    }
  }
  return issues;
}

function isContainer({ document, ports }: WiredGraph, id: NodeId): boolean {
  return document.nodes[id]?.settings?.zone !== undefined || ports.get(id)?.type?.implementation.kind === 'zone';
}
