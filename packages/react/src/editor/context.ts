import { LoomError } from '@loom/graph';
import { createContext, useContext } from 'react';
import type { CanvasControl } from '../canvas/canvas-control.js';
import type { NodeModels } from '../canvas/node/node-model.js';
import type { CodeTools } from '../code/code-tool.js';
import type { CommandSet } from '../commands/command-set.js';
import type { NodeViews } from '../node-views/node-views.js';
import type { LoomHandle } from '../parts/handle.js';
import type { EditorComponents } from '../parts/props.js';
import type { PreviewRenderers } from '../previews/renderer.js';
import type { LoomStore } from '../store/loom-store.js';
import type { LoomState } from '../store/state.js';
import type { Templates } from '../templates/useTemplates.js';
import type { CustomWidgets } from '../widgets/widget-props.js';

/** What belongs to one mounted editor. None of it changes while it is mounted, save what is read through `options`. */
export interface EditorContextValue {
  readonly store: LoomStore;
  readonly models: (flow: LoomState['flow']) => NodeModels;
  readonly commands: CommandSet;
  readonly canvas: CanvasControl;
  /** Distinguishes ids in the page. */
  readonly id: string;
  readonly previews: PreviewRenderers | undefined;
  readonly widgets: CustomWidgets | undefined;
  readonly templates: Templates;
  readonly inlineFileBytes: number | undefined;
  readonly codeTools: CodeTools | undefined;
  readonly cspNonce: string | undefined;
  readonly nodeViews: NodeViews | undefined;
  readonly components: EditorComponents;
  readonly handle: LoomHandle;
}

export const EditorContext = createContext<EditorContextValue | undefined>(undefined);

/** The editor around. */
export function useEditor(): EditorContextValue {
  const editor = useContext(EditorContext);
  if (editor === undefined)
    throw new LoomError('editor/no-editor', 'There is no editor here. Put this inside <LoomProvider>.');
  return editor;
}
