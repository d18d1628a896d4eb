import { type FrameStep, idleNode, type NodeRunState } from '@loom/engine';
import type { NodeId } from '@loom/graph';
import { type FrameKey, frameKey, type Iterations } from '../store/frame-records.js';
import type { LoomState } from '../store/state.js';
import { containersOf } from '../zones/containment.js';
import { nodeRun } from './node-run.js';

type State = Pick<LoomState, 'flow' | 'session' | 'runs'>;

/** The iteration that is looked at around a node; undefined when none was chosen: then what is known of all counts. */
function shownFrame(state: State, id: NodeId): FrameKey | undefined {
  const { frames: chosen } = state.session;
  if (chosen.size === 0) return undefined;
  const { key, isChosen } = pathTo(state, id);
  return isChosen ? key : undefined;
}

/** The way to a node: in each zone around it the chosen iteration, else the one that began last. */
function pathTo({ flow, session, runs }: State, id: NodeId): { key: FrameKey; path: FrameStep[]; isChosen: boolean } {
  const { nodes } = flow.document;
  const path: FrameStep[] = [];
  let key = '';
  let isChosen = false;
  for (const zone of containersOf(nodes, id).toReversed()) {
    const kind = nodes[zone]?.settings?.zone?.kind;
    if (kind === undefined || kind === 'group') continue;
    const index = session.frames.get(zone);
    path.push({ node: zone, index: shownIndex(index, runs.frames.iterations(zone, key)) });
    key = frameKey(path);
    if (index !== undefined) isChosen = true;
  }
  return { key, path, isChosen };
}

/** The iteration to show: the chosen one, of a run that had fewer its last one; the newest where none was chosen. */
export function shownIndex(chosen: number | undefined, known: Iterations | undefined): number {
  if (chosen === undefined) return known?.last ?? 0;
  const isOver = known !== undefined && known.ended === known.started;
  return isOver ? Math.min(chosen, known.last) : chosen;
}

/** The item of a stream that one looks at, for a node that takes items one by one. */
function shownItem(state: State, id: NodeId): FrameKey | undefined {
  const index = state.session.frames.get(id);
  if (index === undefined || state.flow.document.nodes[id]?.settings?.zone !== undefined) return undefined;
  return frameKey([...pathTo(state, id).path, { node: id, index }]);
}

/** The way to what a node shows, zone by zone; empty for a node in none. */
export function shownFramePath(state: State, id: NodeId): readonly FrameStep[] {
  return pathTo(state, id).path;
}

/** What a node shows of its runs: what it did in the chosen iteration, else in its newest run. */
export function shownRun(state: State, id: NodeId): NodeRunState | undefined {
  const frame = shownItem(state, id) ?? shownFrame(state, id);
  return frame === undefined ? nodeRun(state.runs.run, id) : (state.runs.frames.nodeRun(frame, id) ?? idleNode);
}

/** The iterations of a zone, in the iteration that is looked at around it. */
export function shownIterations(state: State, zone: NodeId): Iterations | undefined {
  return state.runs.frames.iterations(zone, pathTo(state, zone).key);
}
