import type { NodeId } from '@loom/graph';
import { insideOf, isZone, type Shape } from './graph-shape.js';
import { cutEndDifference, endDifference } from './node-difference.js';
import type { ExpectedFrame, ExpectedFrames, ExpectedNode, ExpectedRun } from './outcome.js';
import type { Choose, FramePath } from './rules.js';
import { pathText, type SeenFrame, type SeenRun } from './seen.js';
import { definitionOf, insideGraph } from './subgraph-shape.js';

/** `cut`: something was cancelled or stopped, so that less may have happened, but nothing else. */
export type Strictness = 'exact' | 'cut';

/** How what was seen of a run differs from what the rules say, in words; empty when it does not. */
export function runDifferences(shape: Shape, expected: ExpectedRun, seen: SeenRun, strictness: Strictness): string[] {
  const differences = bodyDifferences({ shape, seen, strictness }, [], expected.nodes);
  if (strictness === 'exact' && seen.status !== expected.status)
    differences.push(`the run ${seen.status}, and should have ${expected.status}`);
  return differences;
}

/** Takes the candidate that fits what was seen best. */
export function chooseSeen(shape: Shape, seen: SeenRun): Choose {
  return (path, node, candidates) => {
    const [first] = candidates;
    if (!first) throw new RangeError(`There is no way for "${node}" to end.`);
    const inner = shapeAt(shape, path);
    const count = (strictness: Strictness, { expected }: typeof first): number =>
      nodeDifferences({ shape: inner, seen, strictness }, path, node, expected).length;
    const fitting = candidates.find((candidate) => count('exact', candidate) === 0);
    return fitting ?? candidates.find((candidate) => count('cut', candidate) === 0) ?? first;
  };
}

interface Comparison {
  readonly shape: Shape;
  readonly seen: SeenRun;
  readonly strictness: Strictness;
}

/** The graph that the last step of a path leads into. */
function shapeAt(shape: Shape, path: FramePath): Shape {
  return path.reduce((at, { node }) => insideShape(at, node), shape);
}

/** The graph of what is in a container. */
function insideShape({ graph, library }: Shape, container: NodeId): Shape {
  const definition = definitionOf(graph, graph.nodes[container]?.type ?? '');
  return { graph: definition ? insideGraph(graph, definition) : graph, library };
}

function bodyDifferences(comparison: Comparison, path: FramePath, nodes: ReadonlyMap<NodeId, ExpectedNode>): string[] {
  return [...nodes].flatMap(([node, expected]) => nodeDifferences(comparison, path, node, expected));
}

function nodeDifferences(comparison: Comparison, path: FramePath, node: NodeId, expected: ExpectedNode): string[] {
  const { seen, shape, strictness } = comparison;
  const end = seen.end(path, node);
  const own = (strictness === 'cut' ? cutEndDifference : endDifference)(expected, end);
  const place = path.length === 0 ? `"${node}"` : `"${node}" in ${pathText(path)}`;
  const differences = own === undefined ? [] : [`${place} ${own}`];
  if (end?.isCached) return differences;
  const frames = seen.frames(path, node);
  // Nodes in zones end once without a frame, when the zone at the root has; all else about that end is a matter of counting.
  if (path.length === 0 && frames.length === 0 && isZone(shape, node))
    differences.push(...notEnteredDifferences(comparison, node));
  const isWhole = strictness === 'exact' || end?.state === 'success';
  const inner = { ...comparison, shape: insideShape(shape, node) };
  return [...differences, ...framesDifferences(inner, path, node, expected, isWhole)];
}

function notEnteredDifferences({ shape, seen, strictness }: Comparison, zone: NodeId): string[] {
  const inside = insideOf(shape, zone);
  return inside.flatMap((node) => {
    const blames = new Set([zone, ...inside]);
    const expected: ExpectedNode = { state: 'skipped', reason: { kind: 'not-entered', blames } };
    const difference = (strictness === 'cut' ? cutEndDifference : endDifference)(expected, seen.end([], node));
    return difference === undefined ? [] : [`"${node}", in "${zone}", which was not entered, ${difference}`];
  });
}

function framesDifferences(
  comparison: Comparison,
  path: FramePath,
  container: NodeId,
  expected: ExpectedNode,
  isWhole: boolean,
): string[] {
  const { list = [], kind = 'exact' } = expected.frames ?? ({} as Partial<ExpectedFrames>);
  const seen = comparison.seen.frames(path, container);
  const isExact = isWhole && kind === 'exact';
  const differences: string[] = [];
  const say = (text: string): void => {
    differences.push(`"${container}"${path.length === 0 ? '' : ` in ${pathText(path)}`} ${text}`);
  };
  if (isExact ? seen.length !== list.length : seen.length > list.length)
    say(`has ${seen.length} iterations, and should have ${list.length}`);
  for (const frame of seen) {
    const wanted = list[frame.index];
    if (!wanted) continue;
    const isSame = frame.status === (wanted.hasFailed ? 'failed' : 'succeeded');
    if (!isSame && (isExact || frame.status !== 'cancelled'))
      say(`has an iteration ${frame.index} that ${frame.status}`);
    const strictness = isExact || frame.status === 'succeeded' ? 'exact' : 'cut';
    const inner = [...path, { node: container, index: frame.index }];
    differences.push(...bodyDifferences({ ...comparison, strictness }, inner, wanted.nodes));
  }
  const end = comparison.seen.end(path, container);
  if (kind === 'broken-off' && expected.state === 'error' && end?.state === 'error' && !hasCause(seen, list))
    say('fails without an iteration that does');
  return differences;
}

function hasCause(seen: readonly SeenFrame[], expected: readonly ExpectedFrame[]): boolean {
  return seen.some(({ index, status }) => status === 'failed' && expected[index]?.hasFailed === true);
}
