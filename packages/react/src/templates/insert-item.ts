import type { EdgeId, Position, TypeId } from '@loom/graph';
import { insertFragment } from '../clipboard/fragment.js';
import { addNode } from '../commands/add-node.js';
import type { CommandContext } from '../commands/command.js';
import type { QuickAddState } from '../store/session.js';
import { templateOf } from './template.js';

/** Adds what an entry of the library or of the search stands for, as one step: a node, or a whole template. */
export function insertItem(
  context: CommandContext,
  id: TypeId,
  at: Position,
  from?: QuickAddState['from'],
  wire?: EdgeId,
): void {
  const template = templateOf(context.templates().items, id);
  if (template === undefined) addNode(context, id, at, from, wire);
  else insertFragment(context, template.fragment, at, context.messages().changeTemplate(template.title));
}
