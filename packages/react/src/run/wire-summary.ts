import type { OutputSummary } from '@loom/engine';
import type { EdgeId } from '@loom/graph';
import type { LoomStore } from '../store/loom-store.js';
import { pastRun } from '../store/shown-results.js';
import { shownFramePath, shownRun } from './shown-run.js';

/** What is on a wire: of the run and the iteration that are looked at, else of the newest run. */
export function wireSummary(store: LoomStore, id: EdgeId): OutputSummary | undefined {
  const state = store.getState();
  const edge = state.flow.document.edges[id];
  if (edge === undefined) return undefined;
  const given = shownRun(state, edge.source)?.outputs?.[edge.sourcePort];
  if (given !== undefined || pastRun(state) !== undefined) return given;
  // What a zone gives to its body is told in no event: the run itself knows, while it keeps the iteration.
  const frame = shownFramePath(state, edge.target);
  return store.inspect({ edge: id }, frame.length === 0 ? undefined : frame);
}
