import { arrangeCommands } from './arrange-commands.js';
import { editCommands } from './edit-commands.js';
import { fileCommands } from './file-commands.js';
import { frameCommands } from './frame-commands.js';
import { modeCommands } from './mode-commands.js';
import { portCommands } from './port-commands.js';
import { runCommands } from './run-commands.js';
import { subgraphCommands } from './subgraph-commands.js';
import { viewCommands } from './view-commands.js';
import { wireCommands } from './wire-commands.js';
import { zoneCommands } from './zone-commands.js';

/** Every action of the editor. Buttons and keys both come here. */
export const allCommands = [
  ...runCommands,
  ...modeCommands,
  ...portCommands,
  ...editCommands,
  ...viewCommands,
  ...wireCommands,
  ...zoneCommands,
  ...frameCommands,
  ...arrangeCommands,
  ...subgraphCommands,
  ...fileCommands,
] as const;

/** The name of a command, for `keymap`. */
export type CommandId = (typeof allCommands)[number]['id'];
