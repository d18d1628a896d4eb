import type { CanvasControl } from '../canvas/canvas-control.js';
import type { NodeModels } from '../canvas/node/node-model.js';
import type { CodeTools } from '../code/code-tool.js';
import type { Messages } from '../messages/messages.js';
import type { LoomStore } from '../store/loom-store.js';
import type { LoomState } from '../store/state.js';
import type { Templates } from '../templates/useTemplates.js';

/** What commands work on. */
export interface CommandContext {
  readonly store: LoomStore;
  readonly canvas: CanvasControl;
  readonly models: (flow: LoomState['flow']) => NodeModels;
  /** The texts that hold now. */
  messages(): Messages;
  /** Shows the dialog of the browser that chooses a file. */
  chooseFile(): void;
  /** The address of a page that opens links to flows; undefined where the app has none. */
  shareUrl(): string | undefined;
  templates(): Templates;
  /** Where the app serves the worker that lays out; undefined where it is made from a Blob. */
  layoutWorkerUrl(): string | undefined;
  /** What lays out and checks code, as far as the app has it. */
  codeTools(): CodeTools | undefined;
}

/** An action of the editor: it stands behind a key, a button or both. */
export interface Command<Id extends string = string> {
  readonly id: Id;
  /** The name of the text that titles it. */
  readonly title: keyof Messages;
  /** Keys that start it, such as `Mod+Z`. An app rebinds them through `keymap`. */
  readonly keys: readonly string[];
  /** Keys by which the system itself asks for it. They are shown, and cannot be rebound. */
  readonly systemKeys?: readonly string[];
  /** Whether it can do anything now. Always, when absent. */
  when?(context: CommandContext): boolean;
  run(context: CommandContext): void;
}

/** True unless the flow can only be read. */
export function canEdit({ store }: CommandContext): boolean {
  return !store.getState().flow.readOnly;
}

/** True when a node is selected. */
export function hasNodes({ store }: CommandContext): boolean {
  return store.getState().session.selection.nodes.size > 0;
}

/** True when a node, a frame or a note is selected. */
export function hasContent({ store }: CommandContext): boolean {
  const { nodes, frames } = store.getState().session.selection;
  return nodes.size + frames.size > 0;
}

/** True when anything is selected. */
export function hasSelection({ store }: CommandContext): boolean {
  const { nodes, edges, frames } = store.getState().session.selection;
  return nodes.size + edges.size + frames.size > 0;
}
