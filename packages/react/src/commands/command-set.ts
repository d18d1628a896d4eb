import type { Command, CommandContext } from './command.js';
import { type KeyPress, matchesKey } from './keys.js';
import { allCommands, type CommandId } from './registry.js';

/** Keys by command; `null` or an empty list takes the keys away. */
export type Keymap = { readonly [Id in CommandId]?: readonly string[] | null };

/** The commands of one editor. */
export interface CommandSet {
  readonly context: CommandContext;
  isEnabled(id: CommandId): boolean;
  /** Runs a command if it can do anything now. */
  run(id: CommandId): boolean;
  keysOf(id: CommandId): readonly string[];
  /** The command that a key press means now. */
  find(event: KeyPress): CommandId | undefined;
}

const commandsById = new Map<CommandId, Command<CommandId>>(allCommands.map((command) => [command.id, command]));

/** Puts commands, their context and the app's keys together. */
export function createCommandSet(context: CommandContext, keymap: () => Keymap | undefined): CommandSet {
  function keysOf(id: CommandId): readonly string[] {
    const own = keymap()?.[id];
    return own === undefined ? (commandsById.get(id)?.keys ?? []) : (own ?? []);
  }
  function isEnabled(id: CommandId): boolean {
    const command = commandsById.get(id);
    return command !== undefined && (command.when?.(context) ?? true);
  }
  return {
    context,
    isEnabled,
    keysOf,
    run(id) {
      if (!isEnabled(id)) return false;
      commandsById.get(id)?.run(context);
      return true;
    },
    find(event) {
      for (const id of commandsById.keys()) {
        if (keysOf(id).some((key) => matchesKey(event, key)) && isEnabled(id)) return id;
      }
      return undefined;
    },
  };
}
