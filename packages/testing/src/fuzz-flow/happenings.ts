import type { FlowGraph, NodeId } from '@loom/graph';
import type { ExpectedNode, ExpectedRun } from '../reference/outcome.js';
import { definitionOf, insideGraph } from '../reference/subgraph-shape.js';
import { ItemStream } from '../reference/token.js';

/** What happened in a run, in words, such as `error zone/limit` or `frames of while`. Shows what random flows reach. */
export function happenings(graph: FlowGraph, { nodes }: ExpectedRun): Set<string> {
  const found = new Set<string>();
  for (const [id, node] of nodes) visit(graph, id, node, 0, found);
  return found;
}

function visit(graph: FlowGraph, id: NodeId, end: ExpectedNode, depth: number, found: Set<string>): void {
  const node = graph.nodes[id];
  if (!node) return;
  const { zone, join, pinned, mode } = node.settings ?? {};
  const definition = definitionOf(graph, node.type);
  const container = zone?.kind ?? (definition ? 'instance' : 'one by one');
  found.add(endText(end));
  if (join && join !== 'all' && end.state !== 'skipped') found.add(`fires ${join}`);
  if (pinned && mode !== 'muted') found.add('pinned');
  if (node.type.startsWith('loom/') && end.state === 'success') found.add(`success of ${node.type.slice(5)}`);
  if (end.state === 'success') {
    if ([...end.outputs.values()].some((value) => value instanceof ItemStream)) found.add('stream');
    const errors = zone && end.outputs.get('errors');
    if (Array.isArray(errors) && errors.length > 0) found.add(`collects in ${container}`);
  }
  const { frames } = end;
  if (!frames) return;
  found.add(`${frames.list.length === 0 ? 'no frames' : 'frames'} of ${container}`);
  if (frames.list.length > 1) found.add(`several frames of ${container}`);
  if (frames.kind === 'broken-off') found.add(`broken off ${container}`);
  if (frames.list.length > 0) found.add(`depth ${depth + 1}`);
  const inside = definition ? insideGraph(graph, definition) : graph;
  for (const frame of frames.list)
    for (const [inner, its] of frame.nodes) if (inner !== id) visit(inside, inner, its, depth + 1, found);
}

function endText(end: ExpectedNode): string {
  if (end.state === 'error') return `error ${end.code ?? 'of any code'}`;
  if (end.state === 'skipped') return `skipped ${end.reason.kind}`;
  return end.isBypassed ? 'bypassed' : 'success';
}
