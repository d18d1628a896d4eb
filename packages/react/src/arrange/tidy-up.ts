import { LoomError, type NodeId, type Position } from '@loom/graph';
import type { CommandContext } from '../commands/command.js';
import { childrenOf, withContents } from '../zones/containment.js';
import { glide } from './glide.js';
import { layoutPlace } from './layout-place.js';
import { readProblem } from './read-problem.js';
import { runLayout } from './run-layout.js';
import { settle } from './settle.js';

/** What is laid out: `selection` is everything while neither several nodes nor a container with something in it is selected. */
export type TidyScope = 'selection' | 'all';

/** Lays out nodes, as one step of the history. While it computes `session.tidying` tells of it; taking that away stops it. */
export async function tidyUp(context: CommandContext, what: TidyScope): Promise<void> {
  const { store, canvas, models, messages } = context;
  const state = store.getState();
  const { document } = state.flow;
  if (state.session.tidying !== undefined) return;
  const selected = state.session.selection.nodes;
  const [first = ''] = selected;
  const isPart = what === 'selection' && (selected.size > 1 || childrenOf(document.nodes, first).length > 0);
  const chosen = isPart ? withContents(document.nodes, selected) : new Set(Object.keys(document.nodes));
  const place = layoutPlace(state, models(state.flow), canvas.dropPlace());
  const problem = readProblem(document, chosen, place);
  if (problem.boxes.length === 0) return;

  const tidying = { count: chosen.size };
  const abort = new AbortController();
  store.setTidying(tidying);
  const unsubscribe = store.subscribe(({ flow, session }) => {
    if (session.tidying !== tidying || flow.document !== document || flow.readOnly) abort.abort();
  });
  try {
    const places = await runLayout(problem, { signal: abort.signal, workerUrl: context.layoutWorkerUrl() });
    // The answer, what it changes and how that is drawn are a task each, so that the page hears keys between them.
    await nextTask();
    const { operations, positions } = settle(document, places);
    const { from, leavesSight } = wayOf(context, positions);
    await nextTask();
    if (abort.signal.aborted) throw new LoomError('editor/layout-stopped', messages().tidyStopped);
    glide(store, from, () => {
      if (operations.length === 0) return;
      const result = store.dispatch(operations, { label: messages().tidy });
      if (!result.ok) store.notify(result.error.message, 'warning');
    });
    if (leavesSight) canvas.fitView(Object.keys(positions));
  } catch (error) {
    // What is not ours is a file that could not be loaded.
    if (!(error instanceof LoomError)) throw error;
    if (error.code !== 'editor/layout-stopped') store.notify(error.message, 'error');
    else store.notify(store.getState().flow.document === document ? messages().tidyStopped : messages().tidyChanged);
  } finally {
    unsubscribe();
    if (store.getState().session.tidying === tidying) store.setTidying(undefined);
  }
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Tells whether a node would be seen at a place, as one looks at the flow now. */
function createIsSeen({ store, canvas }: CommandContext): (id: NodeId, at: Position) => boolean {
  const { x, y, zoom } = store.getState().session.viewport;
  const { width: right = 0, height: bottom = 0 } = canvas.element()?.getBoundingClientRect() ?? {};
  const { sizeOf } = canvas.dropPlace();
  return (id, at) => {
    const { width, height } = sizeOf(id);
    const [left, top] = [at.x * zoom + x, at.y * zoom + y];
    return left < right && top < bottom && left + width * zoom > 0 && top + height * zoom > 0;
  };
}

/** From where nodes that one sees come to their places, and whether none would be seen any more. */
function wayOf(
  context: CommandContext,
  positions: Readonly<Record<NodeId, Position>>,
): { readonly from: ReadonlyMap<NodeId, Position>; readonly leavesSight: boolean } {
  const { nodes } = context.store.getState().flow.document;
  const isSeen = createIsSeen(context);
  const from = new Map<NodeId, Position>();
  let [wasSeen, staysSeen] = [false, false];
  for (const [id, end] of Object.entries(positions)) {
    const start = nodes[id]?.position;
    if (start === undefined) continue;
    const [before, after] = [isSeen(id, start), isSeen(id, end)];
    if (before || after) from.set(id, start);
    wasSeen ||= before;
    staysSeen ||= after;
  }
  return { from, leavesSight: wasSeen && !staysSeen };
}
