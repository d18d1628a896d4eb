import { findPorts } from '../connection/ports.js';
import { typeProblem } from '../connection/type-fit.js';
import { zoneProblem } from '../connection/zone-rule.js';
import type { FlowEdge, StreamMode } from '../document.js';
import { outputType } from '../effective-types.js';
import { graphIndex } from '../graph-index.js';
import type { PortId } from '../id.js';
import type { Issue } from '../issue.js';
import type { NodePorts } from '../node-ports.js';
import type { InputPort } from '../node-type.js';
import { givesStreams } from '../node-typing.js';
import { describePortType } from '../port-type/format.js';
import { unify } from '../port-type/unify.js';
import { hasVariables } from '../port-type/variables.js';
import { fitStream, streamModeAt, takesItems, wireType } from '../stream-mode.js';
import { at } from '../wiring.js';
import { bodiesOf } from '../zone-body.js';
import { isCrowded, type WiredGraph } from './wired-graph.js';

/** Wires whose ports are gone, that leave a zone, whose types do not fit, or that crowd an input for one. */
export function checkEdges(graph: WiredGraph): Issue[] {
  const { document, wiring, ports } = graph;
  const streams = [...ports.values()].some(({ type }) => givesStreams(type));
  // Without zones and streams most wires are judged by their two types alone.
  const isPlain = !streams && !bodiesOf(document.nodes);
  const portsOf = wiring.nodeIds.map((id) => ports.get(id));
  const issues: Issue[] = [];
  for (let number = 0; number < wiring.edges.length; number++) {
    const edge = wiring.edges[number] as FlowEdge; // within the bounds of the loop, as below
    const source = at(wiring.sources, number);
    const target = at(wiring.targets, number);
    if (isPlain && source !== target && fitsPlainly(portsOf[source], portsOf[target], edge)) continue;
    issues.push(...checkEdge(graph, wiring.edgeIds[number] as string, edge, streams));
  }
  issues.push(...checkCrowding(graph));
  return issues;
}

/** Whether types without variables fit. What is said no to here may still have a reason to be right. */
function fitsPlainly(from: NodePorts | undefined, to: NodePorts | undefined, edge: FlowEdge): boolean {
  const output = from && portOf(from.outputs, edge.sourcePort);
  const input = to && portOf(to.inputs, edge.targetPort);
  if (!output || !input || hasVariables(output.type) || hasVariables(input.type)) return false;
  return unify(output.type, wireType(input)).ok;
}

/** A loop, for this is asked twice for each wire. */
function portOf<Port extends { readonly id: PortId }>(ports: readonly Port[], id: PortId): Port | undefined {
  for (const port of ports) if (port.id === id) return port;
  return undefined;
}

function checkEdge(graph: WiredGraph, id: string, edge: FlowEdge, streams: boolean): Issue[] {
  const { document, library, path } = graph;
  const place = [...path, 'edges', id];
  const ports = findPorts(document, library, edge);
  if ('ok' in ports) {
    // A wire from a node to itself is told as a cycle.
    return ports.code === 'edge/self' ? [] : [issue(ports.code, place, ports.reason)];
  }
  const problem = zoneProblem(document, edge) ?? typeProblem(graph, edge, ports, new Set([id]));
  if (problem) return [issue(problem.code, place, problem.reason)];
  return streams ? checkStreamMode(graph, edge, ports.input) : [];
}

/** The wire fits in some mode, and it must fit in the one that holds. */
function checkStreamMode({ document, library, path }: WiredGraph, edge: FlowEdge, input: InputPort): Issue[] {
  const source = outputType(document, library, edge.source, edge.sourcePort);
  if (source.kind !== 'stream') return [];
  const target = wireType(input);
  // An iteration ends once: its items one by one would end it again and again.
  const fits = (mode: StreamMode): boolean => !(input.inner && takesItems(mode)) && fitStream(source, target, mode).ok;
  const mode = streamModeAt(document.nodes[edge.target], input);
  if (fits(mode)) return [];
  const other = modes.find(fits);
  const way = other === undefined ? '' : ` Set it to "${other}".`;
  const what = input.inner ? 'the end of an iteration' : describePortType(target);
  const message = `Input "${input.title}" takes the stream as "${mode}", which does not fit ${what}.${way}`;
  return [issue('node/stream-mode', [...path, 'nodes', edge.target, 'settings', 'streams', input.id], message)];
}

const modes: readonly StreamMode[] = ['each', 'collect', 'whole'];

function checkCrowding(graph: WiredGraph): Issue[] {
  const { document, path, nodeIds, ports, wiring } = graph;
  const issues: Issue[] = [];
  for (const id of nodeIds) {
    const node = wiring.numbers.get(id);
    if (node === undefined || !isCrowded(graph, node)) continue;
    for (const input of ports.get(id)?.inputs ?? []) {
      if (input.multiple) continue;
      const [first, ...others] = graphIndex(document).incomingTo(id, input.id);
      const message = `Input "${input.title}" of "${id}" takes one wire, and "${first}" is there before this one. Remove one.`;
      for (const edge of others) issues.push(issue('edge/too-many', [...path, 'edges', edge], message));
    }
  }
  return issues;
}

function issue(code: string, path: readonly string[], message: string): Issue {
  return { code, severity: 'error', path, message };
}
