import type { RunTargets } from '@loom/engine';
import type { FlowDocument, NodeId } from '@loom/graph';
import {
  callBehaviour,
  chooseSeen,
  type FlowFeatures,
  givesStreams,
  interpret,
  needsOf,
  runDifferences,
  type SeenRun,
  type Shape,
} from '@loom/testing';
import { type Edit, edited } from './edit.js';
import { streamProblems } from './invariants.js';
import { observe } from './observe.js';
import { type PerformedRun, performInTurn } from './perform-run.js';
import { readProblems, runProblems } from './run-invariants.js';

/** A flow that runs, is edited, and runs again in part. Plain JSON. */
export interface ReuseCase {
  readonly document: FlowDocument;
  readonly edits: readonly Edit[];
  readonly targets: RunTargets;
  readonly seed: number;
}

/**
 * Runs the whole flow, edits it, and runs what is asked for. What the second run gives must be what a first run of the edited
 * flow would give; what it takes from before must be from before; and without an edit nothing is computed but what is asked.
 */
export async function checkReuse(one: ReuseCase, checks: FlowFeatures): Promise<string[]> {
  const later = one.edits.reduce(edited, one.document);
  const [before, run] = (await performInTurn(one.seed, [
    { document: one.document, options: {} },
    { document: later, options: { targets: one.targets } },
  ])) as [PerformedRun, PerformedRun];
  const shape: Shape = { graph: later, library: run.library };
  const earlier = observe(before);
  const seen = observe(run);
  // What is not run again was seen before.
  const all: SeenRun = { ...seen, end: (path, node) => seen.end(path, node) ?? earlier.end(path, node) };
  const how = { call: callBehaviour, choose: chooseSeen(shape, all) };
  const expected = interpret(later, run.library, how);
  const { scope: most } = interpret(later, run.library, { ...how, targets: one.targets });
  const [first] = run.events;
  const scope = new Set(first?.kind === 'run-started' ? first.nodes : []);
  const nodes = new Map([...expected.nodes].filter(([node]) => scope.has(node)));
  const problems = [
    ...streamProblems(run.events),
    ...runProblems(later, run, scope),
    ...scopeProblems(one.targets, scope, most),
    ...runDifferences(shape, { ...expected, nodes, status: run.result.status as 'succeeded' }, seen, 'exact'),
    ...reuseProblems(shape, one, earlier, seen, scope),
  ];
  return checks.letsGo ? [...problems, ...readProblems(later, run)] : problems;
}

/** What is asked for is in scope, and nothing that it does not need. */
function scopeProblems(targets: RunTargets, scope: ReadonlySet<NodeId>, most: ReadonlySet<NodeId>): string[] {
  const asked = 'nodes' in targets ? targets.nodes : [];
  return [
    ...asked.filter((node) => !scope.has(node)).map((node) => `"${node}" is asked for and not in scope`),
    ...[...scope].filter((node) => !most.has(node)).map((node) => `"${node}" is in scope, and nobody needs it`),
  ];
}

/** Only successes are taken from before; without a change all that was one is, except the one that is asked for. */
function reuseProblems(
  shape: Shape,
  { document, edits, targets }: ReuseCase,
  earlier: SeenRun,
  seen: SeenRun,
  scope: ReadonlySet<NodeId>,
): string[] {
  const isUnchanged = edits.every(({ kind }) => kind === 'move');
  const [asked, ...others] = targets.kind === 'nodes' ? targets.nodes : [];
  const isAsked = (node: NodeId): boolean => outermost(document, node) === outermost(document, asked ?? node);
  return [...scope].flatMap((node) => {
    const [was, is] = [earlier.end([], node), seen.end([], node)];
    if (is?.isCached && was?.state !== 'success') return [`"${node}" is taken from before, and was ${was?.state}`];
    const isKept = was?.state === 'success' && is?.state === 'success';
    // What is pinned or bypassed is not computed at all; what is in a zone goes with it.
    const { pinned, mode } = document.nodes[node]?.settings ?? {};
    const isComputed = pinned === undefined && mode !== 'bypassed' && outermost(document, node) === node;
    const mustReuse =
      isComputed && isUnchanged && isKept && asked !== undefined && others.length === 0 && !isAsked(node);
    // What was made in spite of a failure never holds, and streams are never kept.
    const mayRunAnew = (before: NodeId): boolean =>
      earlier.end([], before)?.state === 'error' || givesStreams(shape, before);
    if ([node, ...needsOf(shape, undefined, node)].some(mayRunAnew)) return [];
    return mustReuse && !is.isCached ? [`"${node}" is computed again for nothing`] : [];
  });
}

/** The outermost zone that a node is in, or the node. */
function outermost({ nodes }: FlowDocument, node: NodeId): NodeId {
  let top = node;
  for (let up = nodes[node]?.parent; up !== undefined; up = nodes[up]?.parent)
    if (nodes[up]?.settings?.zone?.kind !== 'group') top = up;
  return top;
}
