import type { OutputSummary } from '@loom/engine';
import type { EdgeId } from '@loom/graph';
import { frameKey } from '../store/frame-records.js';
import type { LoomStore } from '../store/loom-store.js';
import { pastRun } from '../store/shown-results.js';
import { shownFramePath, shownRun } from './shown-run.js';

/** What is on a wire: of the run and the iteration that are looked at, else of the newest run. */
export function wireSummary(store: LoomStore, id: EdgeId): OutputSummary | undefined {
  const state = store.getState();
  const edge = state.flow.document.edges[id];
  if (edge === undefined) return undefined;
  const path = shownFramePath(state, edge.target);
  // Of a zone around the target what it gives to its body is meant, in the iteration of this zone.
  const frame = path.slice(0, path.findIndex(({ node }) => node === edge.source) + 1);
  if (frame.length === 0) return shownRun(state, edge.source)?.outputs?.[edge.sourcePort];
  // No event tells it: the run itself knows, while it keeps the iteration, and some of it is kept when it ends.
  const now = pastRun(state) === undefined ? store.inspect({ edge: id }, frame) : undefined;
  return now ?? state.runs.frames.nodeRun(frameKey(frame), edge.source)?.outputs?.[edge.sourcePort];
}
