import type { Run, RunOptions } from '@loom/engine';
import { type EdgeId, type FlowDocument, type NodeId, type Operation, save } from '@loom/graph';
import type { CommandContext } from '../commands/command.js';
import type { DispatchResult } from '../store/document-slice.js';
import type { LoomStore } from '../store/loom-store.js';
import { rootStore } from '../subgraph/opened-store.js';

/** What a ref of `LoomEditor` or `LoomProvider` gives, and what commands of an app are called with. */
export interface LoomHandle {
  /** The store of the whole flow. */
  readonly store: LoomStore;
  getDocument(): FlowDocument;
  /** Puts another flow in place, as opening a file does: `onChange` is told, and the history begins anew. */
  setDocument(document: FlowDocument): void;
  /** Changes the graph that is open, as one undo step. A refusal leaves everything as it was and says why. */
  edit(label: string, operations: readonly Operation[]): DispatchResult;
  undo(): boolean;
  redo(): boolean;
  /** Selects these and nothing else; without anything, nothing is selected. */
  select(selection: { readonly nodes?: readonly NodeId[]; readonly edges?: readonly EdgeId[] }): void;
  /** Shows everything, or these nodes. */
  fitView(nodes?: readonly NodeId[]): void;
  zoomTo(zoom: number): void;
  /** Moves the focus to the canvas, so that keys work. */
  focus(): void;
  /** Starts a run of the flow as it is now. Throws `editor/no-engine` where there is nothing to run with. */
  run(options?: RunOptions): Run;
  stop(): void;
  pause(): void;
  resume(): void;
  /** Runs a command by its name if it can do anything now, also one of the app. Tells whether it could. */
  runCommand(id: string): boolean;
  canRunCommand(id: string): boolean;
  /** The flow as the text of a file. */
  exportText(): string;
  /** A picture of the graph that is open; opening it brings the flow back. Rejects while there is no canvas. */
  exportPicture(format: 'png' | 'svg'): Promise<Blob>;
}

/** What a handle reaches. */
interface HandleParts {
  readonly context: CommandContext;
  readonly commands: () => { run(id: string): boolean; isEnabled(id: string): boolean };
}

/** Makes the handle of an editor or provider. It is the same object for as long as the store is. */
export function createHandle({ context, commands }: HandleParts): LoomHandle {
  const { store, canvas } = context;
  const root = rootStore(store);
  return {
    store: root,
    getDocument: () => root.getState().flow.document,
    setDocument: (document) => root.openDocument(document),
    edit: (label, operations) => store.dispatch(operations, { label }),
    undo: store.undo,
    redo: store.redo,
    select: (selection) => store.select(selection),
    fitView: canvas.fitView,
    zoomTo: canvas.zoomTo,
    focus: canvas.focus,
    run: store.run,
    stop: store.stop,
    pause: store.pause,
    resume: store.resume,
    runCommand: (id) => commands().run(id),
    canRunCommand: (id) => commands().isEnabled(id),
    exportText: () => save(root.getState().flow.document, { indent: 2 }),
    async exportPicture(format) {
      const { drawPicture } = await import('../sharing/export-picture.js');
      return drawPicture(context, format);
    },
  };
}
