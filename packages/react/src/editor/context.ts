import { LoomError } from '@loom/graph';
import { type ComponentType, createContext, useContext } from 'react';
import type { CanvasControl } from '../canvas/canvas-control.js';
import type { NodeModels } from '../canvas/node-model.js';
import type { CommandSet } from '../commands/command-set.js';
import type { PreviewRenderers } from '../previews/renderer.js';
import type { LoomStore } from '../store/loom-store.js';
import type { LoomState } from '../store/state.js';
import type { Templates } from '../templates/useTemplates.js';
import type { PortWidgetProps } from '../widgets/widget-props.js';

/** What belongs to one mounted editor. None of it changes while it is mounted, save what is read through `options`. */
export interface EditorContextValue {
  readonly store: LoomStore;
  readonly models: (flow: LoomState['flow']) => NodeModels;
  readonly commands: CommandSet;
  readonly canvas: CanvasControl;
  /** Distinguishes ids in the page. */
  readonly id: string;
  readonly previews: PreviewRenderers | undefined;
  readonly templates: Templates;
  readonly widgets: Readonly<Record<string, ComponentType<PortWidgetProps>>> | undefined;
}

export const EditorContext = createContext<EditorContextValue | undefined>(undefined);

/** The editor around. */
export function useEditor(): EditorContextValue {
  const editor = useContext(EditorContext);
  if (editor === undefined) throw new LoomError('editor/no-editor', 'This belongs inside <LoomEditor>.');
  return editor;
}
