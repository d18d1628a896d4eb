import {
  copyFragment,
  type Fragment,
  type PasteOptions,
  type Position,
  parseFragment,
  pasteOperations,
} from '@loom/graph';
import { roundPosition } from '../commands/add-node.js';
import type { CommandContext } from '../commands/command.js';
import { outermost, sharedParent } from '../zones/containment.js';
import { pythonFragment } from './python-fragment.js';

/** How far a duplicate lies from what it was made of, in flow units. */
const DUPLICATE_OFFSET = 24;

/** The selected nodes, with their values and inner wires, frames and notes as text, for any clipboard. */
export function selectionAsText({ store }: CommandContext): string | undefined {
  const { flow, session } = store.getState();
  const { nodes, frames } = session.selection;
  if (nodes.size + frames.size === 0) return undefined;
  return JSON.stringify(copyFragment(flow.document, nodes, frames));
}

/**
 * Adds what a clipboard holds, as one step, and selects it: a part of a flow, or a Python function. Says so when it is
 * nothing that fits. `keepIncoming` connects copies to what fed the originals, where that is in this flow.
 */
export function pasteText(context: CommandContext, text: string, at: Position, keepIncoming = false): boolean {
  const { store, messages } = context;
  const fragment = parseFragment(text) ?? pythonFragment(store.getState().flow.library, text, store.createId);
  if (fragment === undefined) {
    store.notify(messages().pasteRubbish, 'warning');
    return false;
  }
  return insertFragment(context, fragment, at, messages().changePaste, keepIncoming);
}

/** Adds a part of a flow at a place, in the zone that is there, as one step, and selects it. */
export function insertFragment(
  context: CommandContext,
  fragment: Fragment,
  at: Position,
  label: string,
  keepIncoming = false,
): boolean {
  const parent = context.canvas.containerAt(at);
  return insert(
    context,
    fragment,
    { at: roundPosition(at), ...(parent !== undefined && { parent }), keepIncoming },
    label,
  );
}

/** Copies the selection a little aside, with its wires from outside. */
export function duplicateSelection(context: CommandContext): void {
  const { store, messages } = context;
  const { flow, session } = store.getState();
  const { nodes, frames } = session.selection;
  const { document } = flow;
  const corner = topLeft([
    ...[...nodes].flatMap((id) => document.nodes[id]?.position ?? []),
    ...[...frames].flatMap((id) => document.frames[id]?.position ?? []),
  ]);
  const fragment = parseFragment(JSON.stringify(copyFragment(document, nodes, frames)));
  if (corner === undefined || fragment === undefined) return;
  const at = { x: corner.x + DUPLICATE_OFFSET, y: corner.y + DUPLICATE_OFFSET };
  // A copy of what lies in a zone lies in it too.
  const parent = sharedParent(flow.document.nodes, outermost(flow.document.nodes, session.selection.nodes));
  const place = parent === undefined ? { at } : { at, parent };
  insert(context, fragment, { ...place, keepIncoming: true }, messages().changeDuplicate);
}

function insert(
  { store, messages }: CommandContext,
  fragment: Fragment,
  place: Pick<PasteOptions, 'at' | 'parent' | 'keepIncoming'>,
  label: string,
): boolean {
  const { operations, nodes, frames } = pasteOperations(store.getState().flow.document, fragment, {
    ...place,
    createId: store.createId,
  });
  const result = store.dispatch(operations, { label, select: { nodes: new Set(nodes), frames: new Set(frames) } });
  if (!result.ok) store.notify(messages().pasteFailed(result.error.message), 'warning');
  return result.ok;
}

function topLeft(positions: readonly Position[]): Position | undefined {
  if (positions.length === 0) return undefined;
  return {
    x: positions.reduce((least, { x }) => Math.min(least, x), Number.POSITIVE_INFINITY),
    y: positions.reduce((least, { y }) => Math.min(least, y), Number.POSITIVE_INFINITY),
  };
}
