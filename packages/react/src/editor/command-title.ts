import { allCommands, type CommandId } from '../commands/registry.js';
import type { Messages } from '../messages/messages.js';

/** The name of a command for people. */
export function commandTitle(id: CommandId, messages: Messages): string {
  const name = allCommands.find((command) => command.id === id)?.title;
  const text = name === undefined ? undefined : messages[name];
  return typeof text === 'string' ? text : id;
}
