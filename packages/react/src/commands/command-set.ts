import type { LoomHandle } from '../parts/handle.js';
import type { MenuName } from '../store/session.js';
import type { AppCommand, AppCommands } from './app-command.js';
import type { Command, CommandContext } from './command.js';
import { createKeymapState, type KeymapOptions, type KeymapState } from './keymap.js';
import { type KeyPress, matchesKey } from './keys.js';
import { allCommands } from './registry.js';

/** The commands of one editor, with those of the app. */
export interface CommandSet {
  readonly context: CommandContext;
  /** The names of all, in the order in which they are offered. */
  ids(): readonly string[];
  /** Its name for people. */
  titleOf(id: string): string;
  isEnabled(id: string): boolean;
  /** Runs a command if it can do anything now. */
  run(id: string): boolean;
  /** The keys that start it here. */
  keysOf(id: string): readonly string[];
  /** What to press, for people: with the keys that the system gives it, such as those of the clipboard. */
  shownKeysOf(id: string): readonly string[];
  readonly keymap: KeymapState;
  /** Those of the app that a menu offers. */
  inMenu(name: MenuName): readonly string[];
  /** The commands that have this key, whether they can do anything now or not. */
  meant(event: KeyPress): readonly string[];
  /** The command that a key press means now. */
  find(event: KeyPress): string | undefined;
}

/** What an app says of commands, as it is now. */
export interface CommandOptions extends KeymapOptions {
  commands(): AppCommands | undefined;
  handle(): LoomHandle;
}

const builtIn = new Map<string, Command>(allCommands.map((command) => [command.id, command]));

/** Puts commands, their context and the app's commands and keys together. */
export function createCommandSet(context: CommandContext, options: CommandOptions): CommandSet {
  const keymap = createKeymapState(options);

  /** What the app says of a command: undefined when nothing, null when it takes it away. */
  function own(id: string): AppCommand | null | undefined {
    const commands = options.commands();
    return commands !== undefined && Object.hasOwn(commands, id) ? commands[id] : undefined;
  }
  function ids(): readonly string[] {
    const added = Object.entries(options.commands() ?? {}).flatMap(([id, command]) =>
      command?.run === undefined || builtIn.has(id) ? [] : [id],
    );
    return [...builtIn.keys()].filter((id) => own(id) !== null).concat(added);
  }
  function keysOf(id: string): readonly string[] {
    const changed = keymap.read()[id];
    if (changed === undefined) return own(id)?.keys ?? builtIn.get(id)?.keys ?? [];
    // What an app has kept may be anything by now.
    return Array.isArray(changed) ? changed.filter((key) => typeof key === 'string') : [];
  }
  function meant(event: KeyPress): readonly string[] {
    return ids().filter((id) => keysOf(id).some((key) => matchesKey(event, key)));
  }
  function isEnabled(id: string): boolean {
    const command = own(id);
    const standard = builtIn.get(id);
    if (command === null || (command?.run ?? standard) === undefined) return false;
    if (command?.when !== undefined) return command.when(options.handle());
    // Who replaces what a command does, says when.
    return command?.run !== undefined || (standard?.when?.(context) ?? true);
  }
  return {
    context,
    ids,
    titleOf(id) {
      const name = builtIn.get(id)?.title;
      const text = own(id)?.title ?? (name === undefined ? undefined : context.messages()[name]);
      return typeof text === 'string' ? text : id;
    },
    isEnabled,
    keysOf,
    shownKeysOf: (id) => [...keysOf(id), ...(own(id)?.run === undefined ? (builtIn.get(id)?.systemKeys ?? []) : [])],
    keymap,
    inMenu: (name) => ids().filter((id) => own(id)?.menus?.includes(name) === true),
    run(id) {
      if (!isEnabled(id)) return false;
      const replaced = own(id)?.run;
      if (replaced === undefined) builtIn.get(id)?.run(context);
      else replaced(options.handle());
      return true;
    },
    meant,
    find: (event) => meant(event).find(isEnabled),
  };
}
