import type { CommandContext } from '../commands/command.js';
import { withContents } from '../zones/containment.js';
import { tidy } from './tidy.js';

/** Tidies what is selected; with less than two nodes, everything. */
export function tidyUp(context: CommandContext): void {
  const { store, canvas, messages } = context;
  const { flow, session } = store.getState();
  const { document } = flow;
  const selected = session.selection.nodes;
  const chosen = selected.size > 1 ? withContents(document.nodes, selected) : new Set(Object.keys(document.nodes));
  const positions = tidy(document, chosen, canvas.dropPlace());
  if (Object.keys(positions).length === 0) return;
  const result = store.dispatch([{ kind: 'move-nodes', positions }], { label: messages().tidy });
  if (!result.ok) store.notify(result.error.message, 'warning');
}
