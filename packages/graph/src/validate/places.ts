import type { FlowNode } from '../document.js';
import type { NodeId } from '../id.js';
import type { Issue } from '../issue.js';
import type { Library } from '../library.js';
import { type FlowGraph, nodePorts } from '../node-ports.js';
import { bodiesOf, MAX_ZONE_DEPTH } from '../zone-body.js';

/**
 * Nodes that lie where they make no sense: in what is no zone, in too many zones, and events where they cannot fire.
 *
 * @param isSubgraph - Whether the graph is the inside of a type.
 */
export function checkPlaces(graph: FlowGraph, library: Library, path: readonly string[], isSubgraph: boolean): Issue[] {
  const bodies = bodiesOf(graph.nodes);
  const issues: Issue[] = [];
  for (const id of Object.keys(graph.nodes)) {
    const node = graph.nodes[id] as FlowNode; // a key of the table
    const at = [...path, 'nodes', id];
    if (node.parent !== undefined && !isContainer(graph, library, node.parent)) {
      const message = `It lies in "${node.parent}", which is neither a zone nor a group, so this changes nothing.`;
      issues.push({ code: 'node/wrong-parent', severity: 'warning', path: [...at, 'parent'], message });
    }
    if (bodies?.zone(id) && bodies.of(id).depth === MAX_ZONE_DEPTH) {
      const message = `It lies in ${MAX_ZONE_DEPTH} zones, and there may be no more. Use a subgraph for what is inside.`;
      issues.push({ code: 'node/too-deep', severity: 'error', path: at, message });
    }
    const zone = bodies?.of(id).zone;
    if ((isSubgraph || zone !== undefined) && isEvent(graph, library, id)) {
      const place = zone === undefined ? 'a subgraph' : `the zone "${zone}"`;
      const message = `An event cannot fire in ${place}. Put it outside, and lead its values in by wires.`;
      issues.push({ code: 'node/event-inside', severity: 'error', path: at, message });
    }
  }
  return issues;
}

function isContainer(graph: FlowGraph, library: Library, id: NodeId): boolean {
  return (
    graph.nodes[id]?.settings?.zone !== undefined || nodePorts(graph, library, id).type?.implementation.kind === 'zone'
  );
}

function isEvent(graph: FlowGraph, library: Library, id: NodeId): boolean {
  return nodePorts(graph, library, id).type?.implementation.kind === 'event';
}
