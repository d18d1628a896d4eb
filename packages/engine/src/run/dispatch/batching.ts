import type { CompiledFlow } from '../../flow/compiled-flow.js';
import type { Tokens } from '../tokens.js';

/** One node in one frame. `Frame` is what the caller knows of a frame. */
export interface NodeRun<Frame extends FrameTokens = FrameTokens> {
  readonly frame: Frame;
  readonly node: number;
}

/** What batching looks at. */
export interface FrameTokens {
  readonly flow: CompiledFlow;
  readonly tokens: Tokens;
}

/** Tasks of one batch: enough to make the round trip cheap, few enough to balance lanes. */
const MOST_OF_SEVERAL_LANES = 256;

/** With nothing to balance a round trip less counts: 1,000 small Python nodes in one batch take a quarter less than in four. */
const MOST_OF_ONE_LANE = 1024;

/** The most tasks of a batch; `spread` as in {@link BatchingOptions}. */
export function mostTasks(spread: boolean): number {
  return spread ? MOST_OF_SEVERAL_LANES : MOST_OF_ONE_LANE;
}

/** How batches for one executor are formed. */
export interface BatchingOptions<Frame extends FrameTokens> {
  /** Nodes whose inputs are there. */
  readonly ready: readonly NodeRun<Frame>[];
  /** Lanes that are free; at least 1. */
  readonly lanes: number;
  /** True to keep independent tasks apart, so that each lane gets some. */
  readonly spread: boolean;
  /** Whether what becomes ready inside the batch goes with it. */
  readonly closure: boolean;
  /** Whether a waiting node may join a batch of this executor. */
  readonly mayJoin: (frame: Frame, node: number) => boolean;
  readonly maximum: number;
}

/** Batches for free lanes, and how many of the ready nodes are in them (the first so many). */
export interface Batches<Frame extends FrameTokens> {
  readonly batches: readonly (readonly NodeRun<Frame>[])[];
  readonly taken: number;
}

/**
 * Forms batches: what is ready, and what becomes ready by it in the same lane. A node joins when every input that is not
 * there yet comes from the batch. When tasks are spread, a node whose inputs come from two independent groups waits, so
 * that the groups run side by side.
 */
export function formBatches<Frame extends FrameTokens>(options: BatchingOptions<Frame>): Batches<Frame> {
  const { ready, lanes, spread, maximum } = options;
  const taken = Math.min(ready.length, lanes * maximum);
  if (!spread || lanes === 1 || taken === 1) {
    // One batch at a time: the rest is formed when what this one makes ready is known to be inside.
    const first = Math.min(taken, maximum);
    return { batches: [grow(options, [ready.slice(0, first)], maximum)[0] as NodeRun<Frame>[]], taken: first };
  }
  const seeds = ready.slice(0, taken).map((run) => [run]);
  const groups = grow(options, seeds, maximum);
  return { batches: balance(groups, lanes, maximum), taken };
}

/** What is known of a node that a group may take in. */
interface Candidate {
  /** The only group that feeds it; -1 when there are several. */
  group: number;
  inputsInside: number;
}

const MIXED = -1;

/**
 * Lets every group take in what becomes ready by it alone. Groups stay in an order in which inputs come first; what comes in at
 * the same time stands in the order of the document.
 */
function grow<Frame extends FrameTokens>(
  options: BatchingOptions<Frame>,
  seeds: NodeRun<Frame>[][],
  maximum: number,
): NodeRun<Frame>[][] {
  const { closure, mayJoin } = options;
  if (!closure) return seeds;
  const candidatesOf = new Map<Frame, Map<number, Candidate>>();
  const placeOf = new Map<Frame, number>();
  // One step for each group in turn keeps them alike in size.
  const groups = seeds.map((runs) => ({ runs, next: 0, roundEnd: runs.length }));
  let growing = true;
  while (growing) {
    growing = false;
    for (let g = 0; g < groups.length; g++) {
      const group = groups[g] as (typeof groups)[number]; // within the bounds of the loop
      if (group.next === group.roundEnd) {
        sortFrom(group.runs, group.roundEnd, placeOf);
        group.roundEnd = group.runs.length;
      }
      const run = group.runs[group.next];
      if (run === undefined) continue;
      group.next++;
      growing = true;
      const { frame, node } = run;
      const { outStart, outEdges, edgeTarget } = frame.flow;
      const candidates = candidatesOf.get(frame) ?? new Map<number, Candidate>();
      candidatesOf.set(frame, candidates);
      if (!placeOf.has(frame)) placeOf.set(frame, placeOf.size);
      const end = outStart[node + 1] as number; // typed arrays of fixed length, here and below
      for (let k = outStart[node] as number; k < end; k++) {
        const target = edgeTarget[outEdges[k] as number] as number;
        let candidate = candidates.get(target);
        if (!candidate) {
          if (!mayJoin(frame, target)) continue;
          candidate = { group: g, inputsInside: 0 };
          candidates.set(target, candidate);
        }
        if (candidate.group !== g) candidate.group = MIXED;
        if (candidate.group === MIXED) continue;
        candidate.inputsInside++;
        if (candidate.inputsInside !== frame.tokens.remaining[target] || group.runs.length >= maximum) continue;
        if (frame.tokens.hasOnlyValues(target)) group.runs.push({ frame, node: target });
      }
    }
  }
  return groups.map(({ runs }) => runs);
}

/** Brings those behind a place into the order of the document, frame by frame. */
function sortFrom<Frame extends FrameTokens>(
  runs: NodeRun<Frame>[],
  from: number,
  placeOf: ReadonlyMap<Frame, number>,
): void {
  if (runs.length - from < 2) return;
  const place = ({ frame }: NodeRun<Frame>): number => placeOf.get(frame) ?? 0;
  runs.push(...runs.splice(from).sort((a, b) => place(a) - place(b) || a.node - b.node));
}

/** Hands groups to lanes, the largest first, each to the lane that has least. */
function balance<Run>(groups: readonly (readonly Run[])[], lanes: number, maximum: number): Run[][] {
  const batches: Run[][] = [];
  for (const group of [...groups].sort((a, b) => b.length - a.length)) {
    let least: Run[] | undefined;
    if (batches.length >= lanes) {
      for (const batch of batches) if (!least || batch.length < least.length) least = batch;
    }
    if (least && least.length + group.length <= 2 * maximum) least.push(...group);
    else batches.push([...group]);
  }
  return batches;
}
