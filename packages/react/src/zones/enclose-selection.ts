import type { CommandContext } from '../commands/command.js';
import { type EnclosureKind, enclose } from './enclose.js';

/** Puts a zone or a group around what is selected, as one step. */
export function encloseSelection({ store, canvas, messages }: CommandContext, kind: EnclosureKind): void {
  const { flow, session } = store.getState();
  const selected = session.selection.nodes;
  const bounds = canvas.boundsOf(selected);
  if (bounds === undefined) return;
  const enclosure = enclose(flow, selected, kind, bounds, store.createId);
  if (enclosure === undefined) {
    store.notify(messages().encloseMixed, 'warning');
    return;
  }
  const label = messages()[TITLES[kind]];
  const result = store.dispatch(enclosure.operations, { label });
  if (!result.ok) {
    store.notify(result.error.message, 'warning');
    return;
  }
  store.select({ nodes: [enclosure.zone] });
  if (enclosure.lost > 0) store.notify(messages().encloseLost(enclosure.lost), 'info');
}

const TITLES = {
  'for-each': 'encloseForEach',
  while: 'encloseWhile',
  repeat: 'encloseRepeat',
  group: 'group',
} as const satisfies Record<EnclosureKind, string>;
