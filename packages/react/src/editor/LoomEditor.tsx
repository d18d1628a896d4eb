import type { Run, RunOptions } from '@loom/engine';
import type { NodeId } from '@loom/graph';
import { forwardRef, type ReactNode, useId, useImperativeHandle, useMemo, useRef } from 'react';
import { createCanvasControl } from '../canvas/canvas-control.js';
import { createNodeModels } from '../canvas/node-model.js';
import { createCommandSet } from '../commands/command-set.js';
import { LoomProvider } from '../hooks/context.js';
import { useLatest } from '../hooks/useLatest.js';
import { useStableRecord } from '../hooks/useStableRecord.js';
import { MessagesProvider, useMessages } from '../messages/messages.js';
import type { LoomStore } from '../store/loom-store.js';
import { createOpenedStore } from '../subgraph/opened-store.js';
import { useTemplates } from '../templates/useTemplates.js';
import { EditorContext, type EditorContextValue } from './context.js';
import { openFile } from './open-file.js';
import type { LoomEditorProps } from './props.js';
import { Shell } from './Shell.js';
import { useEditorStore } from './useEditorStore.js';

/** What a ref of {@link LoomEditor} gives. */
export interface LoomEditorHandle {
  readonly store: LoomStore;
  /** Throws `editor/no-engine` where there is nothing to run with. */
  run(options?: RunOptions): Run;
  stop(): void;
  undo(): boolean;
  redo(): boolean;
  /** Shows everything, or these nodes. */
  fitView(nodes?: readonly NodeId[]): void;
  /** Moves the focus to the canvas, so that keys work. */
  focus(): void;
}

/**
 * An editor for one flow. It fills its parent, which needs a height. Import `@loom/react/styles.css` once.
 *
 * @example
 * ```tsx
 * const [document, setDocument] = useState(emptyDocument);
 * return (
 *   <div style={{ height: 600 }}>
 *     <LoomEditor document={document} onChange={setDocument} library={library} engine={engine} />
 *   </div>
 * );
 * ```
 */
export const LoomEditor = forwardRef<LoomEditorHandle, LoomEditorProps>(function LoomEditor(props, ref): ReactNode {
  const store = useEditorStore(props);
  const messages = useStableRecord(props.messages);
  return (
    <MessagesProvider messages={messages}>
      <LoomProvider store={store}>
        <Editor {...props} store={store} handle={ref} />
      </LoomProvider>
    </MessagesProvider>
  );
});

interface EditorProps extends LoomEditorProps {
  readonly store: LoomStore;
  readonly handle: React.ForwardedRef<LoomEditorHandle>;
}

function Editor({ store: root, handle, ...props }: EditorProps): ReactNode {
  const store = useMemo(() => createOpenedStore(root), [root]);
  const id = useId();
  const fileInput = useRef<HTMLInputElement>(null);
  const messages = useLatest(useMessages());
  const keymap = useLatest(props.keymap);
  const shareUrl = useLatest(props.shareUrl);
  const previews = useStableRecord(props.previews);
  const widgets = useStableRecord(props.widgets);
  const components = useStableRecord(props.components);
  const templates = useTemplates(store, props.templates, props.templateStorage);
  const latestTemplates = useLatest(templates);

  const parts = useMemo(() => {
    const canvas = createCanvasControl();
    const models = createNodeModels();
    const context = {
      store,
      canvas,
      models,
      messages: () => messages.current,
      chooseFile: () => fileInput.current?.click(),
      shareUrl: () => shareUrl.current,
      templates: () => latestTemplates.current,
    };
    return { canvas, models, commands: createCommandSet(context, () => keymap.current) };
  }, [store, messages, keymap, shareUrl, latestTemplates]);
  const editor = useMemo<EditorContextValue>(
    () => ({ ...parts, store, id, previews, widgets, templates }),
    [parts, store, id, previews, widgets, templates],
  );

  useImperativeHandle(
    handle,
    () => ({
      store: root,
      run: store.run,
      stop: store.stop,
      undo: store.undo,
      redo: store.redo,
      fitView: parts.canvas.fitView,
      focus: parts.canvas.focus,
    }),
    [root, store, parts],
  );

  return (
    <EditorContext.Provider value={editor}>
      <LoomProvider store={store}>
        <Shell
          theme={props.theme ?? 'light'}
          components={components}
          storage={props.storage}
          className={props.className}
          style={props.style}
        />
        <input
          ref={fileInput}
          type="file"
          accept=".json,.png,.svg"
          hidden
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            // The same file can be chosen again.
            event.target.value = '';
            if (file !== undefined) void openFile(store, file, messages.current);
          }}
        />
      </LoomProvider>
    </EditorContext.Provider>
  );
}
