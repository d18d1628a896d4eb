import type { LoomHandle } from '../parts/handle.js';
import type { MenuName } from '../store/session.js';

/** A command that an app adds, or what it changes about one of the editor. */
export interface AppCommand {
  /** Its name for people. A new command needs one. */
  readonly title?: string;
  /** Keys that start it, such as `Mod+P`. A `keymap` goes before them. */
  readonly keys?: readonly string[];
  /** Menus that offer it, below what they have. */
  readonly menus?: readonly MenuName[];
  /** Whether it can do anything now. It is asked often: it must be quick. */
  readonly when?: (loom: LoomHandle) => boolean;
  /** What it does. A new command needs one. */
  readonly run?: (loom: LoomHandle) => void;
}

/**
 * Commands by name: a new one, a change of one of the editor, or `null`, which takes one away from keys, palette, menus
 * and buttons.
 *
 * @example
 * ```tsx
 * const commands: AppCommands = {
 *   'app.publish': { title: 'Publish', keys: ['Mod+P'], menus: ['file'], run: (loom) => publish(loom.getDocument()) },
 *   'file.open': null,
 * };
 * ```
 */
export type AppCommands = Readonly<Record<string, AppCommand | null>>;
