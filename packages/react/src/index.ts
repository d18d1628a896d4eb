'use client';

export type { CodeTool, CodeTools } from './code/code-tool.js';
export type { AppCommand, AppCommands } from './commands/app-command.js';
export type { Keymap } from './commands/keymap.js';
export type { CommandId } from './commands/registry.js';
export { LoomEditor } from './editor/LoomEditor.js';
export type { LoomEditorProps } from './editor/props.js';
export { Toolbar as LoomToolbar } from './editor/Toolbar.js';
export { useLoomStore } from './hooks/context.js';
export { useLoom, useNode, useNodeRun } from './hooks/useLoom.js';
export type { CommandState, RunOverview } from './hooks/useSlices.js';
export {
  useCommand,
  useHistory,
  useInput,
  useLoomHandle,
  usePortValue,
  useRun,
  useSelection,
} from './hooks/useSlices.js';
export type { EditorStorage, FlowStorage, FlowStorageLimits, KeptFlow } from './keeping/flow-storage.js';
export type { IndexedDbStorageOptions } from './keeping/indexed-db-storage.js';
export { createIndexedDbStorage } from './keeping/indexed-db-storage.js';
export { createMemoryStorage } from './keeping/memory-storage.js';
export type { Messages } from './messages/messages.js';
export { defaultMessages } from './messages/messages.js';
export type { NodeViewDefinition, NodeViewProps, NodeViews } from './node-views/node-views.js';
export type { LoomHandle } from './parts/handle.js';
export type { LoomCanvasProps } from './parts/LoomCanvas.js';
export { LoomCanvas } from './parts/LoomCanvas.js';
export type { LoomKeepingProps } from './parts/LoomKeeping.js';
export { LoomKeeping } from './parts/LoomKeeping.js';
export type { LoomProviderProps } from './parts/LoomProvider.js';
export { LoomProvider } from './parts/LoomProvider.js';
export { LoomQuestions } from './parts/LoomQuestions.js';
export type { LoomRootProps } from './parts/LoomRoot.js';
export { LoomRoot } from './parts/LoomRoot.js';
export {
  LoomCode,
  LoomConsole,
  LoomInspector,
  LoomLibrary,
  LoomOutline,
  LoomPastRun,
  LoomProblems,
  LoomTimeline,
} from './parts/panels.js';
export type { EditorComponents, LoomLook, LoomOptions } from './parts/props.js';
export type { ThemeToken, ThemeTokens } from './parts/theme-tokens.js';
export type { DrawFigure, FigureLook } from './previews/figure-view.js';
export { figureView } from './previews/figure-view.js';
export type { PreviewRendererProps, PreviewRenderers, PreviewSize } from './previews/renderer.js';
export { RunControls as LoomRunControls } from './run/RunControls.js';
export type { FlowLink } from './sharing/flow-link.js';
export { createFlowLink, readFlowLink } from './sharing/flow-link.js';
export type {
  ChangeListener,
  DispatchOptions,
  DispatchResult,
  DocumentActions,
  DocumentChange,
} from './store/document-slice.js';
export type { Schedule } from './store/flush-schedule.js';
export type { Log, LogRecord } from './store/log.js';
export type { LoomStore, LoomStoreOptions } from './store/loom-store.js';
export { createLoomStore } from './store/loom-store.js';
export type { RunActions } from './store/run-slice.js';
export type { Selection } from './store/selection.js';
export type { Notice, PanelState, Panels, SessionState, Viewport } from './store/session.js';
export type { SessionActions } from './store/session-slice.js';
export type { DocumentState, LoomState, RunSlice } from './store/state.js';
export type { FlowTemplate, TemplateStorage } from './templates/template.js';
export type { CustomWidgets, PortWidgetProps } from './widgets/widget-props.js';
