import type { EdgeId } from '@loom/graph';
import { type CommandContext, canEdit } from '../commands/command.js';
import { type PortPlace, wiresAt } from '../ports/port-place.js';

/** Moves a wire by so many places among those of an input that takes several, as one step. */
export function reorderWire(context: CommandContext, place: PortPlace, id: EdgeId, by: number): void {
  const ids = wiresAt(context.store.getState().flow.document, place);
  const from = ids.indexOf(id);
  const to = Math.max(0, Math.min(ids.length - 1, from + by));
  if (place.side === 'target' && from >= 0) moveWire(context, place, from, to);
}

/** Puts the wire at one place to another one. */
export function moveWire(context: CommandContext, { node, port, side }: PortPlace, from: number, to: number): void {
  const { store, messages } = context;
  const ids = [...wiresAt(store.getState().flow.document, { node, port, side })];
  const [moved] = ids.splice(from, 1);
  if (moved === undefined || from === to || !canEdit(context)) return;
  ids.splice(to, 0, moved);
  const result = store.dispatch([{ kind: 'reorder-edges', node, port, ids }], { label: messages().changeOrder });
  if (result.ok) store.announce(messages().announceOrder(to + 1, ids.length));
  else store.notify(result.error.message, 'warning');
}
